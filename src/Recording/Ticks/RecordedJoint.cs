using HilRig.Core.Joints;

namespace HilRig.Recording.Ticks;

/// <summary>One joint of a recording.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its coordinate means, and so its unit.</param>
public sealed record RecordedJoint(string Name, JointKind Kind);
