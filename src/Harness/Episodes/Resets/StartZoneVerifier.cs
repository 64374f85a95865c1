using System.Globalization;

namespace HilRig.Harness.Episodes.Resets;

/// <summary>
/// Every object is in its start zone, as far as something sees it; else it is the operator's word.
/// </summary>
public sealed class StartZoneVerifier : IResetVerifier
{
    /// <inheritdoc/>
    public string Name => "start zone";

    /// <inheritdoc/>
    public VerifyFinding Check(VerifyScene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        IReadOnlyList<string> names = scene.Setting.Task.Description.ObjectJoints;
        if (scene.Setting.Scene is null)
        {
            return names.Count == 0
                ? new VerifyFinding(VerifyStatus.Passed, "there are no objects")
                : new VerifyFinding(
                    VerifyStatus.OnWord, "nothing sees the objects: taken on the operator's word");
        }

        double ageSeconds = (scene.NowNanoseconds - scene.SeenNanoseconds) / 1e9;
        if (scene.SeenObjects is null || ageSeconds > scene.Options.StateAgeMax.TotalSeconds)
        {
            return new VerifyFinding(VerifyStatus.Refused, "the objects are not seen");
        }

        for (int i = 0; i < names.Count; i++)
        {
            double tolerance = scene.Options.ObjectTolerances.GetValueOrDefault(
                names[i], scene.Options.ObjectTolerance);
            double error = scene.SeenObjects[i] - scene.WantedObjects[i];
            if (!(Math.Abs(error) <= tolerance))
            {
                return new VerifyFinding(VerifyStatus.Refused, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{names[i]} is {error:+0.0000;-0.0000} off its card, {tolerance} allowed"));
            }
        }

        return new VerifyFinding(VerifyStatus.Passed, "the objects are in their start zones");
    }
}
