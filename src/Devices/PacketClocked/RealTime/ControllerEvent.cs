namespace HilRig.Devices.PacketClocked.RealTime;

/// <summary>Something that happened, in a ring. Preallocated and reused.</summary>
internal sealed class ControllerEvent
{
    /// <summary>When, CLOCK_MONOTONIC ns.</summary>
    public long InstantNanoseconds { get; set; }

    /// <summary>Since the controller began, ns.</summary>
    public long DeviceNanoseconds { get; set; }

    /// <summary>What.</summary>
    public ControllerEventKind Kind { get; set; }

    /// <summary>Its figure; see the kind.</summary>
    public double Value { get; set; }
}
