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
    public static ServoStop Find(IReadOnlyList<StampedEvent> events, long cause)
    {
        long? written = null;
        long? torqueOff = null;
        foreach (StampedEvent one in events.Where(one => one.Nanoseconds >= cause))
        {
            written ??= IsStopWrite(one) ? one.Nanoseconds : null;
            torqueOff ??= one.Kind == VirtualArmEventKind.TorqueOff ? one.Nanoseconds : null;
        }

        return new ServoStop(
            written, RestFrom(events, written ?? cause), torqueOff, !IsRestingAt(events, cause));
    }

    private static bool IsStopWrite(StampedEvent one) => one.Kind switch
    {
        VirtualArmEventKind.TorqueWritten => one.Value == 0,
        VirtualArmEventKind.TorqueLimitWritten => true,
        _ => false,
    };

    private static bool IsRestingAt(IReadOnlyList<StampedEvent> events, long instant) =>
        RestFrom(events, instant) == instant;

    // The first instant from this one on at which it rests.
    private static long? RestFrom(IReadOnlyList<StampedEvent> events, long instant)
    {
        bool isResting = true;
        foreach (StampedEvent one in events)
        {
            if (one.Kind == VirtualArmEventKind.LeftRest)
            {
                if (one.Nanoseconds > instant && isResting)
                {
                    break;
                }

                isResting = false;
            }
            else if (one.Kind == VirtualArmEventKind.CameToRest)
            {
                isResting = true;
                if (one.Nanoseconds > instant)
                {
                    return one.Nanoseconds;
                }
            }
        }

        return isResting ? instant : null;
    }
}
