using HilRig.Core.Errors;

namespace HilRig.Devices.Guardian;

/// <summary>How patient a guardian is. Immutable.</summary>
public sealed record GuardianOptions
{
    /// <summary>Time between two looks at the page. Default 5 ms.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Age of the agent's heartbeat at which it counts as hung. Too short a time takes the rig from
    /// an agent that waits for silent servos. Default 250 ms.
    /// </summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Looks in a row that must see the old heartbeat, so that a machine that slept as a whole is
    /// no hung agent. Default 5.
    /// </summary>
    public int HungLookCount { get; init; } = 5;

    /// <summary>
    /// Time beyond the rig's deadman in which the agent must have stopped and confirmed after the
    /// host died. Default 250 ms.
    /// </summary>
    public TimeSpan StopMargin { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Time in which an agent whose host died must end, lowering included; also that in which a
    /// process must end whose loop has ended without leaving the rig safe. Default 20 s.
    /// </summary>
    public TimeSpan AgentExitTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long to try to open the ports of a dead agent. Default 2 s.</summary>
    public TimeSpan PortTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait for servos to confirm the posture. Default 2 s.</summary>
    public TimeSpan PostureTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Reports every option outside its range at once.</summary>
    /// <exception cref="DeviceException">Some option is outside its range.</exception>
    public void Validate()
    {
        (string Name, TimeSpan Value)[] times =
        [
            (nameof(Period), Period), (nameof(HeartbeatTimeout), HeartbeatTimeout),
            (nameof(StopMargin), StopMargin), (nameof(AgentExitTimeout), AgentExitTimeout),
            (nameof(PortTimeout), PortTimeout), (nameof(PostureTimeout), PostureTimeout),
        ];
        List<string> faults = [.. times.Where(time => time.Value <= TimeSpan.Zero)
            .Select(time => $"{time.Name} is {time.Value}, not above zero")];
        if (HungLookCount < 1)
        {
            faults.Add($"{nameof(HungLookCount)} is {HungLookCount}, below 1");
        }

        if (faults.Count > 0)
        {
            throw new DeviceException(
                "the guardian's options are wrong", found: string.Join("; ", faults));
        }
    }
}
