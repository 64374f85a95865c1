using HilRig.Core.Errors;

namespace HilRig.Devices.Virtual;

/// <summary>What a virtual arm is made of. Immutable; checked when the arm is made.</summary>
public sealed record VirtualArmOptions
{
    /// <summary>Seed of everything random.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The servos, in any order.</summary>
    public required IReadOnlyList<VirtualServoPlacement> Servos { get; init; }

    /// <summary>Joint positions at power-on, rad or m. Shape [dof].</summary>
    public required IReadOnlyList<double> InitialPosition { get; init; }

    /// <summary>Open-circuit voltage of the supply, V. Default 12.</summary>
    public double SupplyVolts { get; init; } = 12;

    /// <summary>Resistance of supply and wiring that all servos share, Ω. Default 0.15.</summary>
    public double SupplyResistance { get; init; } = 0.15;

    /// <summary>Temperature of the room, °C. Default 25.</summary>
    public double AmbientCelsius { get; init; } = 25;

    /// <summary>
    /// Hash of what the load is made of (its model file), so that logs tell loads apart.
    /// </summary>
    public ulong LoadHash { get; init; }

    /// <summary>Largest supply resistance for which the sag of a step is stable, Ω.</summary>
    internal const double SupplyResistanceMax = 0.5;

    /// <summary>Hash of every option: two arms with the same hash and load behave alike.</summary>
    public ulong Hash()
    {
        var digest = new StateDigest();
        digest.Add(Seed);
        digest.Add(LoadHash);
        digest.Add(SupplyVolts);
        digest.Add(SupplyResistance);
        digest.Add(AmbientCelsius);
        foreach (var position in InitialPosition)
        {
            digest.Add(position);
        }

        foreach (var servo in Servos)
        {
            servo.Digest(ref digest);
        }

        return digest.Value;
    }

    /// <summary>Checks everything and reports all faults at once.</summary>
    /// <param name="dofCount">Joints of the load.</param>
    /// <exception cref="ScenarioException">Something is out of range.</exception>
    internal void Validate(int dofCount)
    {
        var faults = new List<string>();
        if (InitialPosition.Count != dofCount)
        {
            faults.Add($"initial position has {InitialPosition.Count} joints, the load {dofCount}");
        }

        if (InitialPosition.Any(position => !double.IsFinite(position)))
        {
            faults.Add("initial position holds a number that is not finite");
        }

        if (Servos.Select(servo => servo.Id).Distinct().Count() != Servos.Count)
        {
            faults.Add("a bus id occurs twice");
        }

        if (!(SupplyVolts is > 0 and < 60 && SupplyResistance is >= 0 and <= SupplyResistanceMax))
        {
            faults.Add($"supply must be 0 to 60 V with 0 to {SupplyResistanceMax} Ω");
        }

        foreach (var servo in Servos)
        {
            CheckServo(servo, dofCount, faults);
        }

        if (faults.Count > 0)
        {
            throw new ScenarioException(
                "the virtual arm cannot be built", expected: "values in range",
                found: string.Join("; ", faults), remedy: "mend the rig's virtual section");
        }
    }

    private static void CheckServo(VirtualServoPlacement servo, int dofCount, List<string> faults)
    {
        var where = $"servo {servo.Id}: ";
        if (servo.Id > Protocols.Feetech.FeetechPacket.ServoIdMax)
        {
            faults.Add(where + "id above 253");
        }

        if (servo.Dof < 0 || servo.Dof >= dofCount || servo.Sign is not (1 or -1)
            || servo.JointPerRadian == 0
            || !double.IsFinite(servo.JointPerRadian + servo.JointOffset))
        {
            faults.Add(where + "joint index, sign or transmission");
        }

        foreach (var name in servo.Registers.Keys.Where(name => !servo.Model.TryFind(name, out _)))
        {
            faults.Add(where + $"no register '{name}' on {servo.Model.Model}");
        }

        foreach (var fault in servo.Parameters.Faults())
        {
            faults.Add(where + fault);
        }
    }
}
