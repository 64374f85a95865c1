using HilRig.Core.Ports;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Controllers;

/// <summary>
/// What the <c>controller:</c> of a scenario says: how to make the controller for a rig.
/// </summary>
public interface IControllerRecipe
{
    /// <summary>What <c>type:</c> says.</summary>
    string Type { get; }

    /// <summary>
    /// Where the measured phase begins, by joint name, SI, for joints that the scenario's own start
    /// pose leaves open; empty when the controller does not care.
    /// </summary>
    /// <param name="setting">The rig and the files; its start pose is not known yet.</param>
    IReadOnlyDictionary<string, double> StartPose(ControllerSetting setting);

    /// <summary>How long it has something to do, s; null when it never ends by itself.</summary>
    /// <param name="setting">The rig, the rate and the files.</param>
    double? NaturalSeconds(ControllerSetting setting);

    /// <summary>Finds everything wrong with it on this rig, before anything moves.</summary>
    /// <param name="setting">The rig, the rate and the files.</param>
    /// <param name="faults">Receives what is wrong.</param>
    void Check(ControllerSetting setting, YamlFaults faults);

    /// <summary>Makes the controller; <see cref="Check"/> has found nothing wrong.</summary>
    /// <param name="setting">The rig, the rate and the files.</param>
    IController Create(ControllerSetting setting);
}
