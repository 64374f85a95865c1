using System.Globalization;
using HilRig.Core.Errors;
using HilRig.Devices.Protocols.Feetech;

namespace HilRig.Devices.Virtual.Faults;

/// <summary>
/// Faults as text, for command lines and for the pipe to an emulator: a kind and then key=value
/// pairs, separated by spaces. Plain SI numbers.
/// <code>
/// off id=4 after=2.5               unplugged 2.5 s after the torque came on
/// off id=4 from=1 for=0.5          unplugged 1 s after power-on, for 0.5 s
/// off at=81234000000               the port is closed at that instant of CLOCK_MONOTONIC, ns
/// intermittent id=4 every=10       each 10th reply of servo 4 never comes
/// intermittent probability=0.3     of all replies three in ten, by seed=…
/// garbage every=50                 each 50th reply of any servo has a flipped bit
/// slow id=2 by=0.0007 after=1      each reply of servo 2 begins 0.7 ms late
/// delayed by=0.03                  the host gets all replies 30 ms late
/// stuck id=2                       servo 2 keeps its registers
/// press after=2 for=1              the emergency stop is pressed, then released
/// unwire at=81234000000            the wire of the emergency stop is cut
/// unpower after=2                  the servos lose their supply
/// wrong id=2 voltage=4             servo 2 tells 4 V; or temperature=, angle=, error=, other=
/// </code>
/// </summary>
public static class FaultText
{
    private static readonly string[] Keys =
    [
        "id", "every", "probability", "seed", "by", "from", "after", "at", "for", "number",
        "other", "angle", "voltage", "temperature", "error",
    ];

    /// <summary>Reads one fault.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="originNanoseconds">
    /// The arm's power-on in CLOCK_MONOTONIC, ns; null where it is not known and <c>at</c> is
    /// refused.
    /// </param>
    /// <exception cref="ScenarioException">The text is not such a fault.</exception>
    public static BusFault Parse(string text, long? originNanoseconds = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || !Enum.TryParse<BusFaultKind>(words[0], true, out var kind)
            || !char.IsAsciiLetterLower(words[0][0]))
        {
            throw Wrong(text, words.Length == 0 ? "" : words[0]);
        }

        var values = Values(text, words);
        var options = Options(kind, values) with
        {
            Start = Start(text, values, originNanoseconds),
        };
        var needsLie = kind == BusFaultKind.Wrong;
        if (needsLie == options.Lie.IsTrue)
        {
            throw Wrong(text, needsLie ? "nothing wrong" : "a lie");
        }

        return new BusFault(options);
    }

    private static Dictionary<string, double> Values(string text, string[] words)
    {
        var values = new Dictionary<string, double>();
        foreach (var word in words.Skip(1))
        {
            var parts = word.Split('=');
            if (parts.Length != 2 || !Keys.Contains(parts[0]) || !double.TryParse(
                    parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                || !double.IsFinite(value) || (value < 0 && parts[0] != "angle")
                || (parts[0] is "id" or "other" or "error" && value > byte.MaxValue)
                || !values.TryAdd(parts[0], value))
            {
                throw Wrong(text, word);
            }
        }

        return values;
    }

    private static BusFaultOptions Options(
        BusFaultKind kind, Dictionary<string, double> values) => new()
        {
            Kind = kind,
            ServoId = (byte?)Get(values, "id"),
            ForSeconds = Get(values, "for") ?? double.PositiveInfinity,
            Every = (int)(Get(values, "every") ?? 1),
            Probability = Get(values, "probability") ?? 1,
            Seed = (ulong)(Get(values, "seed") ?? 0),
            BySeconds = Get(values, "by") ?? 0,
            Number = (int?)Get(values, "number"),
            Lie = new ReplyLie
            {
                Id = (byte?)Get(values, "other"),
                AngleRadians = Get(values, "angle"),
                SupplyVolts = Get(values, "voltage"),
                TemperatureCelsius = Get(values, "temperature"),
                Errors = (ServoErrors?)(int?)Get(values, "error"),
            },
        };

    private static FaultStart Start(
        string text, Dictionary<string, double> values, long? originNanoseconds)
    {
        if (Get(values, "at") is { } instant)
        {
            return originNanoseconds is { } origin
                ? new FaultStart((instant - origin) * 1e-9)
                : throw Wrong(text, "at");
        }

        return Get(values, "after") is { } after
            ? new FaultStart(after, SinceTorqueOn: true)
            : new FaultStart(Get(values, "from") ?? 0);
    }

    private static double? Get(Dictionary<string, double> values, string key) =>
        values.TryGetValue(key, out var value) ? value : null;

    private static ScenarioException Wrong(string text, string found) => new(
        "this is no fault of a virtual bus",
        $"'{text}'",
        $"{string.Join(", ", Enum.GetNames<BusFaultKind>()).ToLowerInvariant()}, "
            + $"then {string.Join(", ", Keys)} with = and a number",
        $"'{found}'",
        "for example: off id=4 after=2.5");
}
