using HilRig.Devices.Registers;

namespace HilRig.Devices.Virtual;

/// <summary>Which servo turns which joint of the load, and how it is mounted.</summary>
public sealed record VirtualServoPlacement
{
    /// <summary>Bus id, 0 to 253; each once.</summary>
    public required byte Id { get; init; }

    /// <summary>Joint of the load it turns, 0-based. Several servos may turn one joint.</summary>
    public required int Dof { get; init; }

    /// <summary>
    /// +1 or -1: which way counts grow when the joint moves in its positive direction.
    /// </summary>
    public required int Sign { get; init; }

    /// <summary>Counts when the actuator's angle is zero, with Homing_Offset 0.</summary>
    public required int ZeroTicks { get; init; }

    /// <summary>Joint units per radian of the shaft; 1 when the joint is the shaft.</summary>
    public double JointPerRadian { get; init; } = 1;

    /// <summary>Joint position at actuator angle zero, rad or m.</summary>
    public double JointOffset { get; init; }

    /// <summary>Model: registers and factory values. Default STS3215.</summary>
    public RegisterTable Model { get; init; } = Sts3215.Table;

    /// <summary>
    /// Registers saved in its EEPROM before it came onto the rig, by name. Default: return delay
    /// 250 (500 µs), as servos are found in the field.
    /// </summary>
    public IReadOnlyDictionary<string, int> Registers { get; init; } =
        new Dictionary<string, int> { ["return_delay"] = 250 };

    /// <summary>Physics of this servo.</summary>
    public required VirtualServoParameters Parameters { get; init; }

    /// <summary>Adds every figure to a digest.</summary>
    internal void Digest(ref StateDigest digest)
    {
        digest.Add(Id);
        digest.Add((ulong)Dof);
        digest.Add((ulong)Sign);
        digest.Add((ulong)ZeroTicks);
        digest.Add(JointPerRadian);
        digest.Add(JointOffset);
        digest.Add(Model.Model);
        foreach (var (name, value) in Registers.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            digest.Add(name);
            digest.Add((ulong)value);
        }

        Parameters.Digest(ref digest);
    }
}
