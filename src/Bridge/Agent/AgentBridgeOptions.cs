using HilRig.Bridge.SharedMemory;
using HilRig.Core.Joints;

namespace HilRig.Bridge.Agent;

/// <summary>What an agent tells its peers of itself, and where it is found.</summary>
public sealed record AgentBridgeOptions
{
    /// <summary>Most joints one bridge carries: the torque bits are one 64-bit word.</summary>
    public const int DofMax = 64;

    /// <summary>Name of the rig.</summary>
    public required string RigName { get; init; }

    /// <summary>
    /// SHA-256 of the rig file, lower-case hex; a host with another file is refused.
    /// </summary>
    public required string RigSha256 { get; init; }

    /// <summary>Joints in [dof] order, 1 to 64.</summary>
    public required IReadOnlyList<JointDescription> Joints { get; init; }

    /// <summary>
    /// Longest time without a valid fresh command before the agent stops the rig; above 0.
    /// </summary>
    public required TimeSpan Deadman { get; init; }

    /// <summary>
    /// File of the shared memory, best in memory; null (the default) makes one of its own.
    /// </summary>
    public string? SharedMemoryPath { get; init; }

    /// <summary>How the loop waits for commands. Default: it sleeps.</summary>
    public LaneWaiting Waiting { get; init; }

    /// <summary>
    /// Silence after which an owner counts as gone; default 1 s. Shorter: a busy host loses its
    /// session while disarmed. Longer: the next host waits longer.
    /// </summary>
    public TimeSpan OwnerSilence { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">Names all faults.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        AddIf(faults, Joints.Count is < 1 or > DofMax, $"Joints: 1 to {DofMax}, is {Joints.Count}");
        AddIf(faults, Deadman <= TimeSpan.Zero, $"Deadman: above 0, is {Deadman}");
        AddIf(faults, OwnerSilence <= TimeSpan.Zero, $"OwnerSilence: above 0, is {OwnerSilence}");
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults));
        }
    }

    private static void AddIf(List<string> faults, bool faulty, string fault)
    {
        if (faulty)
        {
            faults.Add(fault);
        }
    }
}
