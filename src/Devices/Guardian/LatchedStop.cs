using HilRig.Core.Joints;

namespace HilRig.Devices.Guardian;

/// <summary>A stop that outlives the processes that saw it.</summary>
/// <param name="Reason">Why the rig stopped.</param>
/// <param name="Time">When it was latched.</param>
/// <param name="Acknowledged">Whether every servo confirmed the safe posture.</param>
/// <param name="Detail">What happened, for people.</param>
public sealed record LatchedStop(
    StopReason Reason, DateTimeOffset Time, bool Acknowledged, string Detail);
