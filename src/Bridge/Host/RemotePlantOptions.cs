using HilRig.Bridge.Agent;
using HilRig.Bridge.SharedMemory;
using HilRig.Core.Ports;

namespace HilRig.Bridge.Host;

/// <summary>Which agent a host drives, and how patient it is.</summary>
public sealed record RemotePlantOptions
{
    /// <summary>
    /// Where the agent is: "shm:PATH" as it prints it, or "tcp://127.0.0.1:PORT" as a bridge does.
    /// </summary>
    public required string Endpoint { get; init; }

    /// <summary>The rig's joints, in [dof] order; the agent refuses another list.</summary>
    public required PlantDescription Description { get; init; }

    /// <summary>Name in the rig file.</summary>
    public required string RigName { get; init; }

    /// <summary>SHA-256 of the rig file, lower-case hex; the agent refuses another.</summary>
    public required string RigSha256 { get; init; }

    /// <summary>Time between two commands; below the agent's deadman.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>
    /// Periods after the planned instant during which a command may be acted on, where the command
    /// itself does not say. Default 2. Smaller: late commands are refused as stale sooner.
    /// </summary>
    public int ValidityTicks { get; init; } = 2;

    /// <summary>
    /// How <see cref="RemotePlant.WaitForState"/> waits on the shared-memory lane. Default: sleeps.
    /// </summary>
    public LaneWaiting Waiting { get; init; }

    /// <summary>How long the agent has to answer the handshake. Default 2 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long arming or re-arming may take. Default 5 s.</summary>
    public TimeSpan ArmTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the rig has to confirm its safe posture. Default 5 s.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Silence after which the agent counts as lost. Default 250 ms. Longer than the agent's idle
    /// period and than the pauses of a busy machine.
    /// </summary>
    public TimeSpan LostTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">Names all faults.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (Description.DofCount is < 1 or > AgentBridgeOptions.DofMax)
        {
            faults.Add($"Description: 1 to {AgentBridgeOptions.DofMax} joints, "
                + $"has {Description.DofCount}");
        }

        if (ValidityTicks < 1)
        {
            faults.Add($"ValidityTicks: 1 or more, is {ValidityTicks}");
        }

        AddUnlessPositive(faults, nameof(Period), Period);
        AddUnlessPositive(faults, nameof(HandshakeTimeout), HandshakeTimeout);
        AddUnlessPositive(faults, nameof(ArmTimeout), ArmTimeout);
        AddUnlessPositive(faults, nameof(StopTimeout), StopTimeout);
        AddUnlessPositive(faults, nameof(LostTimeout), LostTimeout);
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults));
        }
    }

    private static void AddUnlessPositive(List<string> faults, string name, TimeSpan value)
    {
        if (value <= TimeSpan.Zero)
        {
            faults.Add($"{name}: above 0, is {value}");
        }
    }
}
