namespace HilRig.Devices.Virtual.Stops;

/// <summary>How one servo stopped. CLOCK_MONOTONIC ns; null for never.</summary>
/// <param name="Written">Its first stop write.</param>
/// <param name="Stopped">From when on it rested.</param>
/// <param name="TorqueOff">When its torque was removed.</param>
/// <param name="WasMoving">Whether it moved at the cause.</param>
internal readonly record struct ServoStop(
    long? Written, long? Stopped, long? TorqueOff, bool WasMoving)
{
    /// <summary>Finds it in the servo's events, which are in order.</summary>
    /// <param name="events">The servo's events.</param>
    /// <param name="cause">When the cause occurred.</param>
    /// <param name="holdNanoseconds">How long the hold lasts at least, from the stop write.</param>
    public static ServoStop Find(
        IReadOnlyList<StampedEvent> events, long cause, long holdNanoseconds)
    {
        long? written = null;
        long? torqueOff = null;
        foreach (StampedEvent one in events.Where(one => one.Nanoseconds >= cause))
        {
            written ??= IsStopWrite(one) ? one.Nanoseconds : null;
            torqueOff ??= one.Kind == VirtualArmEventKind.TorqueOff ? one.Nanoseconds : null;
        }

        long from = written ?? cause;
        return new ServoStop(
            written,
            RestWithin(events, from, from + holdNanoseconds),
            torqueOff,
            RestWithin(events, cause, cause) != cause);
    }

    private static bool IsStopWrite(StampedEvent one) => one.Kind switch
    {
        VirtualArmEventKind.TorqueWritten => one.Value == 0,
        VirtualArmEventKind.TorqueLimitWritten => true,
        _ => false,
    };

    // The last instant, between two, from which it rests beyond the second; or, when it still moves
    // then, the first after it.
    private static long? RestWithin(IReadOnlyList<StampedEvent> events, long from, long until)
    {
        bool isResting = true;
        long restingSince = from;
        foreach (StampedEvent one in events)
        {
            if (isResting && one.Nanoseconds > until)
            {
                break;
            }

            if (one.Kind == VirtualArmEventKind.LeftRest)
            {
                isResting = false;
            }
            else if (one.Kind == VirtualArmEventKind.CameToRest)
            {
                isResting = true;
                restingSince = Math.Max(from, one.Nanoseconds);
            }
        }

        return isResting ? restingSince : null;
    }
}
