using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Harness.Controllers;
using HilRig.Harness.Scenarios;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Policies;

/// <summary>An ONNX policy commands the joints.</summary>
/// <param name="ManifestPath">Absolute path of its manifest.</param>
/// <param name="Where">File, line and column.</param>
public sealed record PolicyRecipe(string ManifestPath, string Where) : IControllerRecipe
{
    /// <inheritdoc/>
    public string Type => "policy";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> StartPose(ControllerSetting setting) =>
        Manifest().Action.ToDictionary(entry => entry.Joint, entry => entry.Offset);

    /// <inheritdoc/>
    public double? NaturalSeconds(ControllerSetting setting) => null;

    /// <inheritdoc/>
    public IController Create(ControllerSetting setting) =>
        new OnnxController(Manifest(), ModelPath(), setting);

    /// <inheritdoc/>
    public void Check(ControllerSetting setting, YamlFaults faults)
    {
        PolicyManifest manifest = Manifest();
        foreach (ObservationEntry entry in manifest.Observation)
        {
            string suffix = entry.Value == ObservedValue.Velocity ? "/s" : "";
            CheckJoint(setting, entry.Joint, entry.Unit, suffix, faults);
        }

        foreach (ActionEntry entry in manifest.Action)
        {
            CheckJoint(setting, entry.Joint, entry.Unit, "", faults);
        }

        double ratio = setting.RateHertz / manifest.RateHertz;
        if (!(ratio >= 1) || Math.Abs(ratio - Math.Round(ratio)) > 1e-9)
        {
            faults.Add(new YamlFault(
                Where,
                "The scenario's rate does not fit the policy's",
                FormattableString.Invariant($"a whole multiple of {manifest.RateHertz} Hz"),
                FormattableString.Invariant($"{setting.RateHertz} Hz")));
        }

        if (faults.All.Count == 0)
        {
            CheckGraph(setting, faults);
        }
    }

    internal static PolicyRecipe Read(YamlMap map)
    {
        string manifest = map.Required("manifest").Text();
        return new PolicyRecipe(
            manifest.Length == 0 ? "" : map.Document.Resolve(manifest), map.Where);
    }

    private void CheckGraph(ControllerSetting setting, YamlFaults faults)
    {
        try
        {
            using IController controller = Create(setting);
        }
        catch (ScenarioException fault)
        {
            faults.Add(new YamlFault(
                fault.Where ?? Where, fault.What, fault.Expected, fault.Found, fault.Remedy));
        }
    }

    private void CheckJoint(
        ControllerSetting setting, string joint, string unit, string suffix, YamlFaults faults)
    {
        int index = setting.IndexOf(joint);
        if (index < 0)
        {
            faults.Add(JointFaults.Unknown(joint, ManifestPath, setting.Joints));
        }
        else if (unit != setting.Joints[index].Unit + suffix)
        {
            faults.Add(new YamlFault(
                ManifestPath,
                $"The policy's unit of '{joint}' is not the rig's",
                setting.Joints[index].Unit + suffix,
                unit));
        }
    }

    private PolicyManifest Manifest() => PolicyManifest.Load(ManifestPath);

    private string ModelPath() => Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(ManifestPath)!, Manifest().Model));
}
