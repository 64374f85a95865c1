using System.Globalization;

namespace HilRig.Rig.Faults;

/// <summary>
/// What `hilrig inflict` does to one process, as a line on its standard input:
/// <c>harm 0 4711 81234 stop 91234000000 500000000</c>.
/// </summary>
/// <param name="Number">The fault's place in the scenario, from 0.</param>
/// <param name="ProcessId">Id of the process.</param>
/// <param name="StartTicks">Its start, so that no other process with that id is harmed.</param>
/// <param name="IsFatal">SIGKILL; else SIGSTOP.</param>
/// <param name="DueNanoseconds">When, CLOCK_MONOTONIC ns.</param>
/// <param name="LengthNanoseconds">When it goes on, ns later; 0: at the end of the run.</param>
internal sealed record ProcessHarm(
    int Number,
    int ProcessId,
    long StartTicks,
    bool IsFatal,
    long DueNanoseconds,
    long LengthNanoseconds)
{
    private const string Head = "harm";

    /// <summary>The line.</summary>
    public string Encode() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Head} {Number} {ProcessId} {StartTicks} {(IsFatal ? "kill" : "stop")} "
            + $"{DueNanoseconds} {LengthNanoseconds}");

    /// <summary>Reads a line; null when it is something else.</summary>
    public static ProcessHarm? Decode(string line)
    {
        string[] words = line.Split(' ');
        if (words.Length != 7 || words[0] != Head || words[4] is not ("kill" or "stop"))
        {
            return null;
        }

        var numbers = new List<long>();
        foreach (int place in (int[])[1, 2, 3, 5, 6])
        {
            if (!long.TryParse(
                words[place], NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                return null;
            }

            numbers.Add(number);
        }

        return new ProcessHarm(
            (int)numbers[0], (int)numbers[1], numbers[2], words[4] == "kill", numbers[3],
            numbers[4]);
    }
}
