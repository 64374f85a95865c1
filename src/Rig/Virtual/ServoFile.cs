using HilRig.Devices.Virtual;
using HilRig.Harness.Yaml;

namespace HilRig.Rig.Virtual;

/// <summary>
/// Hidden parameters of the servos of a virtual rig, read from rigs/servos/*.yaml.
/// </summary>
/// <param name="Nominal">Parameters of the type, SI.</param>
/// <param name="Spread">How much its servos differ.</param>
internal sealed record ServoFile(VirtualServoParameters Nominal, VirtualServoSpread Spread)
{
    /// <summary>Reads a file: the maps 'servo' and 'spread', plain SI numbers.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="Core.Errors.ScenarioException">Something in it is wrong.</exception>
    public static ServoFile Load(string path)
    {
        YamlDocument document = YamlDocument.Load(path);
        Dictionary<string, double> servo = Numbers(document.Root.Required("servo"));
        Dictionary<string, double> spread = Numbers(document.Root.Optional("spread"));
        document.Finish();
        return new ServoFile(
            VirtualServoParameters.FromEntries(servo, document.DisplayPath),
            spread.Count == 0
                ? VirtualServoSpread.None
                : VirtualServoSpread.FromEntries(spread, document.DisplayPath));
    }

    private static Dictionary<string, double> Numbers(YamlField? field)
    {
        var numbers = new Dictionary<string, double>();
        foreach ((string name, YamlField value) in field?.Map().Entries() ?? [])
        {
            numbers[name] = value.Number();
        }

        return numbers;
    }
}
