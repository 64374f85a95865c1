namespace HilRig.Devices.Virtual.Stops;

/// <summary>
/// When a virtual arm stopped, from the emulator's own stamps. A servo has stopped at the last
/// instant, while it is held after its first stop write, from which its shaft stays slower than
/// 0.05 rad/s and its goal unchanged (<see cref="VirtualArmEventKind.CameToRest"/>); the slow
/// lowering that follows the hold does not count. For a servo that no stop write reached the same
/// time is counted from the cause. CLOCK_MONOTONIC ns; null for never.
/// </summary>
public sealed record StopStamps
{
    /// <summary>When the last of the servos that got a stop write had its first.</summary>
    public long? WrittenNanoseconds { get; private init; }

    /// <summary>Servos that got a stop write: a torque limit, or torque off.</summary>
    public int WrittenServoCount { get; private init; }

    /// <summary>When the last servo stopped; null when one never came to rest.</summary>
    public long? StoppedNanoseconds { get; private init; }

    /// <summary>When the last servo lost its torque; null unless every servo did.</summary>
    public long? TorqueOffNanoseconds { get; private init; }

    /// <summary>Whether any servo moved at the cause: otherwise nothing had to stop.</summary>
    public bool WasMoving { get; private init; }

    /// <summary>Finds the stop that follows a cause.</summary>
    /// <param name="events">The emulator's events, in order of their stamps.</param>
    /// <param name="servos">Bus ids of the rig's servos; at least one.</param>
    /// <param name="causeNanoseconds">When the cause occurred, CLOCK_MONOTONIC ns.</param>
    /// <param name="holdNanoseconds">
    /// How long after a stop write the servo is held at least, before any lowering.
    /// </param>
    public static StopStamps Find(
        IReadOnlyList<StampedEvent> events,
        IReadOnlyList<byte> servos,
        long causeNanoseconds,
        long holdNanoseconds)
    {
        List<ServoStop> stops =
        [
            .. servos.Select(id => ServoStop.Find(
                [.. events.Where(one => one.ServoId == id)], causeNanoseconds, holdNanoseconds)),
        ];
        List<long> writes = [.. stops.Select(stop => stop.Written).OfType<long>()];
        return new StopStamps
        {
            WrittenNanoseconds = writes.Count > 0 ? writes.Max() : null,
            WrittenServoCount = writes.Count,
            StoppedNanoseconds = LastOf(stops.Select(stop => stop.Stopped)),
            TorqueOffNanoseconds = LastOf(stops.Select(stop => stop.TorqueOff)),
            WasMoving = stops.Any(stop => stop.WasMoving),
        };
    }

    // The last of all; null when one is missing.
    private static long? LastOf(IEnumerable<long?> instants)
    {
        List<long?> all = [.. instants];
        return all.Contains(null) ? null : all.Max();
    }
}
