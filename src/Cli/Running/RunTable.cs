using System.Globalization;
using HilRig.Harness.Results;
using Spectre.Console;

namespace HilRig.Cli.Running;

/// <summary>
/// Shows results in the terminal: a verdict, its latency and its divergence at a glance.
/// </summary>
internal static class RunTable
{
    /// <summary>Writes every run to standard output.</summary>
    /// <param name="suite">The runs.</param>
    public static void Write(SuiteSummary suite)
    {
        foreach (RunSummary run in suite.Runs)
        {
            AnsiConsole.MarkupLine(
                $"[bold {Colour(run.Verdict)}]{run.Verdict}[/] {Markup.Escape(run.Scenario)}");
            AnsiConsole.MarkupLine("  " + Markup.Escape(run.Reason ?? ""));
            if (run.Divergence.Count > 0)
            {
                AnsiConsole.Write(Latency(run));
                AnsiConsole.Write(Divergence(run));
                AnsiConsole.MarkupLine(string.Create(
                    CultureInfo.InvariantCulture, $"  missed ticks: {run.MissedTicks}"));
            }

            if (run.Report is not null)
            {
                AnsiConsole.WriteLine("  report: " + Path.GetRelativePath(".", run.Report));
            }
        }
    }

    private static Table Latency(RunSummary run)
    {
        Table table = NewTable("latency, µs", "count", "p50", "p90", "p99", "max");
        foreach ((string key, LatencyFigure figure) in run.Latency)
        {
            table.AddRow(
                key,
                figure.Count.ToString(CultureInfo.InvariantCulture),
                Text(figure.P50Microseconds, "0"),
                Text(figure.P90Microseconds, "0"),
                Text(figure.P99Microseconds, "0"),
                Text(figure.MaxMicroseconds, "0"));
        }

        return table;
    }

    private static Table Divergence(RunSummary run)
    {
        Table table = NewTable(
            "divergence", "unit", "RMSE", "offset", "gain", "delay, ms", "residual");
        foreach ((string signal, DivergenceFigure figure) in run.Divergence)
        {
            if (signal.EndsWith("/position", StringComparison.Ordinal))
            {
                table.AddRow(
                    signal,
                    figure.Unit,
                    Text(figure.Rmse, "0.0000"),
                    Text(figure.Offset, "0.0000"),
                    Text(figure.Gain, "0.000"),
                    Text(figure.DelayMilliseconds, "0.0"),
                    Text(figure.ResidualRmse, "0.0000"));
            }
        }

        return table;
    }

    private static Table NewTable(string first, params ReadOnlySpan<string> others)
    {
        var table = new Table { Border = TableBorder.Minimal };
        table.AddColumn(first);
        foreach (string name in others)
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        return table;
    }

    private static string Text(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    private static string Colour(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "green",
        Verdict.Inconclusive => "yellow",
        Verdict.Fail => "red",
        Verdict.Aborted => "yellow",
        Verdict.RigError => "red",
    };
}
