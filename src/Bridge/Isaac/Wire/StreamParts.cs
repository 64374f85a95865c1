using HilRig.Bridge.Isaac.Messages;

namespace HilRig.Bridge.Isaac.Wire;

/// <summary>What one message of the camera stream holds; images as places in its bytes.</summary>
internal readonly record struct StreamParts(
    IsaacClock? Clock,
    IsaacCamera? Camera,
    IReadOnlyList<IsaacBox> Boxes,
    Range Color,
    Range Depth);
