using System.Globalization;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Parity;

/// <summary>The table of fixtures and gates in docs/parity.md.</summary>
internal static class ParityPage
{
    private const string Begin = "<!-- gates: written by ParityPageTests -->";
    private const string End = "<!-- end of gates -->";

    private static string File => Path.Combine(TestFiles.Root, "docs", "parity.md");

    /// <summary>The table from fresh measurements.</summary>
    public static IEnumerable<string> Measure()
    {
        yield return "| model | dof | contacts | rows | "
            + string.Join(" | ", GateRuns.Rules.Select(rule => $"{rule.Name} {rule.Title}")) + " |";
        yield return "|" + string.Concat(Enumerable.Repeat("---|", 4 + GateRuns.Rules.Count));
        yield return "| *limit* | | | | " + string.Join(
            " | ", GateRuns.Rules.Select(rule => Text(rule.Limit))) + " |";
        foreach (string name in FixtureSet.Names)
        {
            ParityFixture fixture = FixtureSet.Fixture(name);
            int contacts = fixture.States.Max(state => state.Contacts.Length);
            int rows = fixture.States.Max(state => state.Rows.Length);
            yield return $"| {name} | {fixture.DofCount} | {contacts} | {rows} | "
                + string.Join(" | ", GateRuns.Rules.Select(rule => Cell(name, rule))) + " |";
        }
    }

    public static string[] Read()
    {
        string[] lines = System.IO.File.ReadAllLines(File);
        int first = Array.IndexOf(lines, Begin) + 1;
        int last = Array.IndexOf(lines, End);
        Assert.That(first > 0 && last > first, $"{File} has no table of gates");
        return lines[first..last];
    }

    public static void Write(IEnumerable<string> table)
    {
        string[] lines = System.IO.File.ReadAllLines(File);
        int first = Array.IndexOf(lines, Begin) + 1;
        int last = Array.IndexOf(lines, End);
        string[] page = [.. lines[..first], .. table, .. lines[last..]];
        System.IO.File.WriteAllText(File, string.Join('\n', page) + '\n');
    }

    /// <summary>Numbers of a row's gates.</summary>
    public static double[] Numbers(string row) =>
    [
        .. row.Split('|', StringSplitOptions.TrimEntries)[5..^1].Select(cell => double.TryParse(
            cell.Trim('*'), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : double.NaN),
    ];

    /// <summary>Model, dofs, contacts and rows of a row.</summary>
    public static string Head(string row) => string.Join('|', row.Split('|')[..5]);

    // What misses its gate stands in bold.
    private static string Cell(string name, GateRule rule)
    {
        string text = Text(GateRuns.Run(name, rule).Worst.Values.Max());
        return Missed.Bound(name, rule.Name) is null ? text : $"**{text}**";
    }

    private static string Text(double number) =>
        number.ToString("0.0e-0", CultureInfo.InvariantCulture);
}
