using HilRig.Devices.Protocols.Feetech;

namespace HilRig.Devices.Buses;

/// <summary>How one servo answered a sync read.</summary>
/// <param name="Status">Ok, DeviceError, Corrupt, Timeout or Lost.</param>
/// <param name="Errors">Error bits the servo reports.</param>
/// <param name="HasValues">Whether its bytes are new.</param>
/// <param name="ReplyNanoseconds">
/// When its answer was complete, CLOCK_MONOTONIC ns; 0 without one.
/// </param>
public readonly record struct ServoReply(
    BusStatus Status, ServoErrors Errors, bool HasValues, long ReplyNanoseconds);
