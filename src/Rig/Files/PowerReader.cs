using HilRig.Core.Rigs;
using HilRig.Harness.Yaml;

namespace HilRig.Rig.Files;

/// <summary>Reads 'power', 'emergencyStop' and the acknowledgement of unattended runs.</summary>
internal static class PowerReader
{
    private const string Acknowledged = "acknowledged by ";

    /// <summary>Reads the power switch.</summary>
    /// <param name="map">Its keys.</param>
    public static PowerDescription Read(YamlMap map)
    {
        string kind = map.Required("kind").Choice("serial-relay", "gpio", "scpi", "virtual");
        return kind switch
        {
            "gpio" => new PowerDescription(
                PowerSwitchKind.Gpio,
                map.Required("chip").Text(),
                map.Required("line").Integer(0, 511),
                map.Optional("activeLow")?.Flag() ?? false),
            "scpi" => new PowerDescription(
                PowerSwitchKind.ScpiSupply, map.Required("port").Text(), 0, IsActiveLow: false)
            {
                Baud = map.Optional("baud")?.Integer(300, 4_000_000) ?? 0,
            },
            "virtual" => new PowerDescription(PowerSwitchKind.Virtual, "", 0, IsActiveLow: false),
            _ => new PowerDescription(
                PowerSwitchKind.SerialRelay,
                map.Required("port").Text(),
                map.Optional("channel")?.Integer(1, 16) ?? 1,
                IsActiveLow: false),
        };
    }

    /// <summary>Reads the input of the emergency stop.</summary>
    /// <param name="map">Its keys.</param>
    public static EmergencyStopDescription ReadEmergencyStop(YamlMap map)
    {
        bool isGpio = map.Required("kind").Choice("gpio", "virtual") == "gpio";
        int category = map.Optional("category")?.Integer(0, 2)
            ?? (int)EmergencyStopCategory.StopWithPower;
        return isGpio
            ? new EmergencyStopDescription(
                EmergencyStopKind.Gpio,
                map.Required("chip").Text(),
                map.Required("line").Integer(0, 511),
                map.Optional("activeLow")?.Flag() ?? false,
                (EmergencyStopCategory)category)
            : new EmergencyStopDescription(
                EmergencyStopKind.Virtual, "", 0, false, (EmergencyStopCategory)category);
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
