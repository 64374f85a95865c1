using System.Globalization;

namespace HilRig.Rig.Faults;

/// <summary>
/// What a child that brings a fault about says on its standard output:
/// <c>fault 2 began 81234000000</c>.
/// </summary>
/// <param name="Number">The fault's place in the scenario, from 0.</param>
/// <param name="Word">"began", "ended" or "failed".</param>
/// <param name="Nanoseconds">When, CLOCK_MONOTONIC ns.</param>
internal readonly record struct FaultNotice(int Number, string Word, long Nanoseconds)
{
    internal const string Began = "began";
    internal const string Ended = "ended";
    internal const string Failed = "failed";
    private const string Head = "fault";

    /// <summary>The line.</summary>
    public string Encode() => string.Create(
        CultureInfo.InvariantCulture, $"{Head} {Number} {Word} {Nanoseconds}");

    /// <summary>Reads a line; null when it is something else.</summary>
    public static FaultNotice? Decode(string line)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        string[] words = line.Split(' ');
        return words.Length == 4 && words[0] == Head
            && words[2] is Began or Ended or Failed
            && int.TryParse(words[1], NumberStyles.None, culture, out int number)
            && long.TryParse(words[3], NumberStyles.None, culture, out long instant)
            ? new FaultNotice(number, words[2], instant)
            : null;
    }
}
