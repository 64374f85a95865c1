using System.Globalization;
using HilRig.Core.Ports;

namespace HilRig.Harness.Episodes.Terminal;

/// <summary>
/// The operator's keys. A letter alone, or a line "fix 12 success" that corrects a stored episode.
/// </summary>
internal static class OperatorWords
{
    /// <summary>Key, word and meaning, in the order of the help.</summary>
    public static IReadOnlyList<(char Letter, OperatorKey Key, string Help)> Keys { get; } =
    [
        ('c', OperatorKey.Confirm, "scene is set and I am out"),
        ('s', OperatorKey.Success, "success"),
        ('f', OperatorKey.Failure, "failure"),
        ('d', OperatorKey.Discard, "discard"),
        ('u', OperatorKey.Undo, "undo verdict"),
        ('r', OperatorKey.Rerecord, "discard, same start again"),
        ('e', OperatorKey.EndEpisode, "end the episode here"),
        ('p', OperatorKey.Pause, "pause"),
        ('h', OperatorKey.Correct, "my hand moves the arm"),
        ('a', OperatorKey.Auto, "the policy moves the arm"),
        ('t', OperatorKey.Retry, "reset again"),
        ('n', OperatorKey.Skip, "leave this start out"),
        ('b', OperatorKey.BrokenRig, "rig is broken: stop"),
        ('q', OperatorKey.Quit, "end the session"),
    ];

    /// <summary>What a key means.</summary>
    /// <param name="letter">As typed; case does not matter. Enter and space confirm.</param>
    public static OperatorEntry Of(char letter)
    {
        char small = char.ToLowerInvariant(letter);
        if (small is '\r' or '\n' or ' ')
        {
            return new OperatorEntry(OperatorKey.Confirm);
        }

        foreach ((char known, OperatorKey key, string _) in Keys)
        {
            if (known == small)
            {
                return new OperatorEntry(key);
            }
        }

        return new OperatorEntry(OperatorKey.Unknown, null, letter.ToString());
    }

    /// <summary>What a line means; an empty one confirms.</summary>
    /// <param name="line">The line, without its end.</param>
    public static OperatorEntry Of(string line)
    {
        string[] words = line.Split(
            (char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [] => new OperatorEntry(OperatorKey.Confirm),
            [var word] when word.Length == 1 => Of(word[0]),
            ["fix", var index, var verdict] => Correction(line, index, verdict),
            _ => new OperatorEntry(OperatorKey.Unknown, null, line.Trim()),
        };
    }

    private static OperatorEntry Correction(string line, string index, string verdict)
    {
        OperatorKey? key = verdict.ToLowerInvariant() switch
        {
            "success" or "s" => OperatorKey.Success,
            "failure" or "fail" or "f" => OperatorKey.Failure,
            "discard" or "discarded" or "d" => OperatorKey.Discard,
            _ => null,
        };
        bool isNumber = long.TryParse(
            index, NumberStyles.None, CultureInfo.InvariantCulture, out long episode);
        return key is { } known && isNumber
            ? new OperatorEntry(known, episode, line)
            : new OperatorEntry(OperatorKey.Unknown, null, line.Trim());
    }
}
