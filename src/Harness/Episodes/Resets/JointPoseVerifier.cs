using System.Globalization;
using HilRig.Core.Joints;
using HilRig.Harness.Scenarios;

namespace HilRig.Harness.Episodes.Resets;

/// <summary>The arm is at the start pose.</summary>
public sealed class JointPoseVerifier : IResetVerifier
{
    /// <inheritdoc/>
    public string Name => "joint pose";

    /// <inheritdoc/>
    public VerifyFinding Check(VerifyScene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        for (int i = 0; i < scene.StartPose.Count; i++)
        {
            JointBounds joint = scene.Setting.Joints[i];
            double tolerance = joint.Kind == JointKind.Revolute
                ? scene.Options.JointToleranceRadians
                : scene.Options.JointToleranceMeters;
            double wanted = scene.StartPose[i];
            double error = scene.Measured.Position[i] - wanted;
            if (!double.IsNaN(wanted) && !(Math.Abs(error) <= tolerance))
            {
                return new VerifyFinding(VerifyStatus.Refused, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{joint.Name} is {error:+0.0000;-0.0000} {joint.Unit} off its start"));
            }
        }

        return new VerifyFinding(VerifyStatus.Passed, "the arm is at its start");
    }
}
