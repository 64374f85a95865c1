using HilRig.Core.Rigs;
using HilRig.Harness.Yaml;

namespace HilRig.Rig.Files;

/// <summary>Reads 'power' and the acknowledgement of unattended runs.</summary>
internal static class PowerReader
{
    private const string Acknowledged = "acknowledged by ";

    /// <summary>Reads the power switch.</summary>
    /// <param name="map">Its keys.</param>
    public static PowerDescription Read(YamlMap map)
    {
        bool isGpio = map.Required("kind").Choice("serial-relay", "gpio") == "gpio";
        return isGpio
            ? new PowerDescription(
                PowerSwitchKind.Gpio,
                map.Required("chip").Text(),
                map.Required("line").Integer(0, 511),
                map.Optional("activeLow")?.Flag() ?? false)
            : new PowerDescription(
                PowerSwitchKind.SerialRelay,
                map.Required("port").Text(),
                map.Optional("channel")?.Integer(1, 16) ?? 1,
                IsActiveLow: false);
    }

    /// <summary>Reads who answers for unattended runs; null after a fault.</summary>
    /// <param name="field">"acknowledged by NAME".</param>
    public static string? ReadAcknowledgement(YamlField field)
    {
        string text = field.Text();
        string name = text.StartsWith(Acknowledged, StringComparison.Ordinal)
            ? text[Acknowledged.Length..].Trim()
            : "";
        if (name.Length == 0)
        {
            field.Refuse(
                "Unattended runs without an independent stop need a name",
                "acknowledged by NAME",
                text);
            return null;
        }

        return name;
    }
}
