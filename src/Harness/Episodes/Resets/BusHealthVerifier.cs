using System.Globalization;
using HilRig.Core.Joints;

namespace HilRig.Harness.Episodes.Resets;

/// <summary>The plant is armed, and every joint answers.</summary>
public sealed class BusHealthVerifier : IResetVerifier
{
    /// <inheritdoc/>
    public string Name => "bus health";

    /// <inheritdoc/>
    public VerifyFinding Check(VerifyScene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        JointState measured = scene.Measured;
        if (measured.Health != PlantHealth.Armed)
        {
            return new VerifyFinding(VerifyStatus.Refused, $"the plant is {measured.Health}");
        }

        double ageSeconds = (scene.NowNanoseconds - measured.SampledNanoseconds) / 1e9;
        if (ageSeconds > scene.Options.StateAgeMax.TotalSeconds)
        {
            return new VerifyFinding(VerifyStatus.Refused, string.Create(
                CultureInfo.InvariantCulture, $"the newest state is {ageSeconds:0.00} s old"));
        }

        for (int i = 0; i < scene.Setting.Joints.Count; i++)
        {
            if ((measured.FreshJoints & (1UL << i)) == 0)
            {
                return new VerifyFinding(
                    VerifyStatus.Refused, $"{scene.Setting.Joints[i].Name} does not answer");
            }
        }

        return new VerifyFinding(VerifyStatus.Passed, "every joint answers");
    }
}
