using System.Globalization;
using HilRig.Core.Errors;

namespace HilRig.Devices.Virtual.Faults;

/// <summary>
/// Faults as text, for command lines: a kind and then key=value pairs, separated by spaces.
/// <code>
/// dropout id=4 after=2.5          unplugged 2.5 s after the torque came on
/// dropout id=4 from=1             unplugged 1 s after power-on
/// lost id=4 every=10              each 10th reply of servo 4 never comes
/// corrupt every=50                each 50th reply of any servo has a flipped bit
/// slow id=2 delay=0.0007 after=1  each reply of servo 2 comes 0.7 ms late
/// </code>
/// </summary>
public static class FaultText
{
    private static readonly string[] Kinds = ["dropout", "lost", "corrupt", "slow"];
    private static readonly string[] Keys = ["id", "every", "delay", "from", "after"];

    /// <summary>Reads one fault.</summary>
    /// <param name="text">Its text.</param>
    /// <exception cref="ScenarioException">The text is not such a fault.</exception>
    public static IVirtualBusFault Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var values = new Dictionary<string, double>();
        foreach (var word in words.Skip(1))
        {
            var parts = word.Split('=');
            if (parts.Length != 2 || !Keys.Contains(parts[0]) || !double.TryParse(
                    parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                || !(value >= 0) || !values.TryAdd(parts[0], value))
            {
                throw Wrong(text, word);
            }
        }

        var kind = words.Length == 0 ? "" : words[0];
        var every = (int)values.GetValueOrDefault("every", 1);
        byte? id = values.TryGetValue("id", out var number) && number <= byte.MaxValue
            ? (byte)number : null;
        var start = values.TryGetValue("after", out var after)
            ? new FaultStart(after, SinceTorqueOn: true)
            : new FaultStart(values.GetValueOrDefault("from"));
        return kind switch
        {
            "dropout" => new ServoDropoutFault(id ?? throw Wrong(text, "no id"), start),
            "lost" => new ReplyFault(id, new ReplyEffect(IsLost: true), every, start),
            "corrupt" => new ReplyFault(id, new ReplyEffect(IsCorrupt: true), every, start),
            "slow" => new ReplyFault(
                id,
                new ReplyEffect(DelayNanoseconds: (long)(values.GetValueOrDefault("delay") * 1e9)),
                every,
                start),
            _ => throw Wrong(text, kind),
        };
    }

    private static ScenarioException Wrong(string text, string found) => new(
        "this is no fault of a virtual bus",
        $"'{text}'",
        $"{string.Join(", ", Kinds)}, then {string.Join(", ", Keys)} with = and a number",
        $"'{found}'",
        "for example: dropout id=4 after=2.5");
}
