using HilRig.Core.Joints;
using HilRig.Core.Units;
using HilRig.Harness.Faults;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Scenarios;

/// <summary>Reads <c>expect:</c>.</summary>
internal static class ExpectationReader
{
    /// <summary>Causes a scenario can wait for: Ctrl-C is a person's.</summary>
    private static readonly string[] Causes =
    [
        .. Enum.GetValues<StopReason>()
            .Where(reason => reason is not StopReason.Requested)
            .Select(reason => reason.ToString()),
    ];

    internal static ExpectedStop? Read(YamlField? field, IReadOnlyList<ScenarioFault> faults)
    {
        if (field is null)
        {
            return null;
        }

        YamlMap map = field.Map();
        StopReason cause = Enum.Parse<StopReason>(map.Required("stop").Choice(Causes));
        YamlField? within = map.Optional("within");
        YamlField? acknowledged = map.Optional("acknowledged");
        var expected = new ExpectedStop
        {
            Cause = cause,
            WithinSeconds = within?.Quantity(Dimension.Time, 0, 60),
            Acknowledged = acknowledged?.Flag() ?? true,
            Where = field.Where,
        };
        if (cause == StopReason.None && (within ?? acknowledged) is { } extra)
        {
            extra.Refuse(
                "There is nothing to judge when no stop is expected", "'stop: None' alone");
        }

        bool killsHost = faults.Any(fault => fault.Rule.Layer == FaultLayer.Process
            && fault.Rule.Type == FaultType.Off && fault.Target == ProcessRules.Host);
        if (killsHost)
        {
            field.Refuse(
                "A host that is killed writes no verdict",
                "no 'expect' beside the death of the host",
                remedy: "'hilrig bench stop' for deaths of the host");
        }

        return expected;
    }
}
