namespace HilRig.Devices.Virtual.Faults;

/// <summary>From when to when a fault lasts, in time of the arm, once that is known.</summary>
internal sealed class FaultSpan(FaultStart start, double seconds)
{
    private long? _from;

    /// <summary>Whether an instant lies within.</summary>
    /// <param name="arm">The arm; asked for its torque while the start is open.</param>
    internal bool Holds(VirtualArm arm)
    {
        _from ??= start.Find(arm);
        return _from is { } from
            && arm.ArmNanoseconds >= from
            && arm.ArmNanoseconds - from < seconds * 1e9;
    }
}
