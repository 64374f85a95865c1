using HilRig.Core.Joints;

namespace HilRig.Harness.Stimuli;

/// <summary>
/// One shape of one joint's goal over time. Immutable; both methods allocate nothing and never
/// throw, because the control loop calls them. SI units of the joint.
/// </summary>
public interface IStimulus
{
    /// <summary>How long the shape lasts, s; its last value holds afterwards.</summary>
    /// <param name="startPosition">Goal when the shape begins.</param>
    /// <param name="limits">What the joint may be commanded to do.</param>
    double Duration(double startPosition, in JointLimits limits);

    /// <summary>Goal at one instant.</summary>
    /// <param name="elapsedSeconds">Time since the shape began, s; not negative.</param>
    /// <param name="startPosition">Goal when the shape began.</param>
    /// <param name="limits">What the joint may be commanded to do.</param>
    double Evaluate(double elapsedSeconds, double startPosition, in JointLimits limits);
}
