using HilRig.Core.Errors;

namespace HilRig.Devices.Guardian;

/// <summary>How patient a guardian is. Immutable.</summary>
public sealed record GuardianOptions
{
    private const double AgentSecondsMin = 0.060;
    private const double GuardianSecondsMin = 0.050;
    private const double PatienceSecondsMax = 0.250;
    private const double AgentPart = 0.4;
    private const double GuardianPart = 0.2;

    /// <summary>Time between two looks at the page. Default 5 ms.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Age of the agent's heartbeat at which it counts as hung while the rig is armed. Too short a
    /// time takes the rig from an agent that waits for silent servos. Default 250 ms.
    /// </summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The same while the rig is not armed: nothing moves, and an agent that starts, arms or
    /// connects a bus again may be busy. Default 1 s.
    /// </summary>
    public TimeSpan DisarmedHeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Looks in a row that must see the same heartbeat, so that a machine that slept as a whole is
    /// no hung agent: twice as many as fit into an agent's idle period. Default 8.
    /// </summary>
    public int HungLookCount { get; init; } = 8;

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

    /// <summary>The options for a rig.</summary>
    /// <param name="deadmanSeconds">The rig's deadman, s.</param>
    /// <param name="isRealTime">
    /// Whether the rig's processes run at real-time priority. An agent that shares its processor
    /// with everybody is silent for longer without being hung.
    /// </param>
    public static GuardianOptions For(double deadmanSeconds, bool isRealTime) => new()
    {
        HeartbeatTimeout = PartOf(
            deadmanSeconds, AgentPart, AgentSecondsMin, isRealTime),
    };

    /// <summary>
    /// How long a guardian may be silent before its agent stops: a fifth of the deadman, 50 ms at
    /// least, 250 ms at most and where there is no real-time priority. Host and agent still move
    /// the arm then, so it is shorter than an agent's own silence (two fifths), which freezes the
    /// goals as well.
    /// </summary>
    /// <param name="deadmanSeconds">The rig's deadman, s.</param>
    /// <param name="isRealTime">Whether the rig's processes run at real-time priority.</param>
    public static TimeSpan GuardianSilenceMax(double deadmanSeconds, bool isRealTime) =>
        PartOf(deadmanSeconds, GuardianPart, GuardianSecondsMin, isRealTime);

    private static TimeSpan PartOf(
        double deadmanSeconds, double part, double secondsMin, bool isRealTime) =>
        TimeSpan.FromSeconds(isRealTime
            ? Math.Clamp(deadmanSeconds * part, secondsMin, PatienceSecondsMax)
            : PatienceSecondsMax);

    /// <summary>Reports every option outside its range at once.</summary>
    /// <exception cref="DeviceException">Some option is outside its range.</exception>
    public void Validate()
    {
        (string Name, TimeSpan Value)[] times =
        [
            (nameof(Period), Period), (nameof(HeartbeatTimeout), HeartbeatTimeout),
            (nameof(DisarmedHeartbeatTimeout), DisarmedHeartbeatTimeout),
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
