using System.Globalization;
using HilRig.Core.Errors;
using HilRig.Tasks;

namespace HilRig.Harness.Policies;

/// <summary>The safety of the selection that a task has on a rig unless somebody says otherwise.
/// </summary>
/// <remarks>
/// An action's number is in [−1, 1], so a distance of 2 never binds; returns of a 0/1 reward are in
/// [0, 1]. At first the actor may go half the range from the imitation, or less on a task that a
/// strange move breaks; while it learns, as far as it likes. Critics that lie half the range of
/// returns apart, or a tenth outside it, know nothing of where they are.
/// </remarks>
public static class SafetyDefaults
{
    private static readonly Dictionary<string, (double Cap, long Steps)> Caps =
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["PegInsert3"] = (1.0, 2_000),
            ["PickPlaceRing"] = (0.6, 8_000),
            ["DrawerHook"] = (0.6, 8_000),
        };

    /// <summary>The safety of a task.</summary>
    /// <param name="task">The task.</param>
    public static SelectionSafety Of(TaskDescription task)
    {
        ArgumentNullException.ThrowIfNull(task);
        (double cap, long steps) = Caps.GetValueOrDefault(task.Name, (1.0, 4_000));
        return new SelectionSafety
        {
            CapAtStart = cap,
            CapAtEnd = 2,
            CapSteps = steps,
            SpreadMax = 0.5,
            ValueTolerance = 0.1,
        };
    }

    /// <summary>Changes some rules of a safety.</summary>
    /// <param name="safety">The safety.</param>
    /// <param name="changes">
    /// name=value each: capAtStart, capAtEnd, capSteps, spreadMax, valueTolerance, or lock=ACTION.
    /// </param>
    /// <exception cref="ScenarioException">One is none of these.</exception>
    public static SelectionSafety Changed(SelectionSafety safety, IEnumerable<string> changes)
    {
        foreach (string change in changes)
        {
            string[] parts = change.Split('=', 2);
            safety = parts is [var name, var value] && Change(safety, name, value) is { } changed
                ? changed
                : throw new ScenarioException(
                    "This is no rule of the selection's safety",
                    "--safety",
                    "capAtStart, capAtEnd, capSteps, spreadMax or valueTolerance, = a number at "
                        + "least 0, or lock=ACTION",
                    change);
        }

        return safety;
    }

    private static SelectionSafety? Change(SelectionSafety safety, string name, string value)
    {
        if (name == "lock")
        {
            return value.Length == 0
                ? null
                : safety with { LockedActions = [.. safety.LockedActions, value] };
        }

        bool isNumber = double.TryParse(
            value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && number >= 0;
        return !isNumber ? null : name switch
        {
            "capAtStart" => safety with { CapAtStart = number },
            "capAtEnd" => safety with { CapAtEnd = number },
            "capSteps" when number <= 1e12 => safety with { CapSteps = (long)number },
            "spreadMax" => safety with { SpreadMax = number },
            "valueTolerance" => safety with { ValueTolerance = number },
            _ => null,
        };
    }
}
