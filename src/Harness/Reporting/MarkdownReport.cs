using System.Globalization;
using System.Text;
using HilRig.Harness.Reporting.Text;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting;

/// <summary>The run as Markdown, for pull requests and terminals.</summary>
internal static class MarkdownReport
{
    public static string Write(RunResult run)
    {
        var text = new StringBuilder();
        Line(text, $"# {FigureText.Word(run.Verdict)}: {Cell(run.Name)}");
        Line(text, "");
        Line(text, Cell(run.Reason));
        Line(text, "");
        string started = run.StartedUtc.ToString(
            "yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        Line(text, $"{Cell(run.Rig ?? "no rig reached")}, {started}, "
            + $"{FigureText.Figure(run.DurationSeconds, "s")}, seed {run.Seed}, "
            + $"missed ticks {FigureText.Grouped(run.MissedTicks)}");
        AppendStop(text, run);
        if (run.DeviceClock is { } device)
        {
            Line(text, $"\n{DeviceClockText.Sentence(device)}");
        }

        AppendBridge(text, run);
        AppendBudgets(text, run);
        AppendDivergence(text, run);
        AppendLatency(text, run);
        AppendEvents(text, run);
        if (run.Environment is { Refused.Count: > 0 } machine)
        {
            Line(text, "\n## Real time it did not get\n");
            foreach (string item in machine.Refused)
            {
                Line(text, $"- {Cell(item)}");
            }
        }

        return text.ToString();
    }

    private static void AppendBridge(StringBuilder text, RunResult run)
    {
        if (run.Bridge is not { } bridge)
        {
            return;
        }

        Line(text, "\n## Bridge\n");
        foreach ((string topic, string words) in BridgeText.Rows(bridge))
        {
            Line(text, $"- {topic}: {Cell(words)}");
        }
    }

    private static void AppendStop(StringBuilder text, RunResult run)
    {
        if (run.Stop is not { } stop)
        {
            return;
        }

        Line(text, $"\n## Stop: {stop.Cause}\n");
        Line(text, Cell(StopText.Sentence(stop)));
        Line(text, "\n| from the cause to | ms |\n|---|--:|");
        foreach ((string until, double? milliseconds) in StopText.Rows(stop))
        {
            Line(text, $"| {until} | {FigureText.Figure(milliseconds)} |");
        }
    }

    private static void AppendBudgets(StringBuilder text, RunResult run)
    {
        if (run.Budgets.Count == 0)
        {
            return;
        }

        Line(text, "\n## Budgets\n");
        Line(text, "| budget | measured | limit | verdict |\n|---|--:|--:|---|");
        foreach (BudgetResult budget in run.Budgets)
        {
            string note = budget.Note is null ? "" : $" ({Cell(budget.Note)})";
            string measured = FigureText.Figure(budget.Measured, budget.Unit);
            string limit = FigureText.Limit(budget.Limit, budget.Unit);
            string verdict = FigureText.Word(budget.Verdict);
            Line(text, $"| `{Cell(budget.Metric)}` | {measured} | ≤ {limit} | {verdict}{note} |");
        }
    }

    private static void AppendDivergence(StringBuilder text, RunResult run)
    {
        if (run.Divergence.Count == 0)
        {
            return;
        }

        Line(text, "\n## Divergence\n");
        Line(text, "| signal | unit | RMSE | MAE | max | offset | gain | delay, ms | residual "
            + "| noise floor |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach ((string signal, DivergenceFigure figure) in run.Divergence)
        {
            double?[] cells =
            [
                figure.Rmse, figure.Mae, figure.MaxAbs, figure.Offset, figure.Gain,
                figure.DelayMilliseconds, figure.ResidualRmse, figure.NoiseFloorRmse,
            ];
            Line(text, $"| `{Cell(signal)}` | {figure.Unit} | "
                + string.Join(" | ", cells.Select(FigureText.Figure)) + " |");
        }
    }

    private static void AppendLatency(StringBuilder text, RunResult run)
    {
        if (run.Latency.Values.All(figure => figure.Count == 0))
        {
            return;
        }

        Line(text, "\n## Latency from the planned instant, µs\n");
        Line(
            text,
            "| until | itself, p50 | p50 | p90 | p99 | p99.9 | max | samples |\n"
            + "|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (string key in LatencyKeys.All)
        {
            LatencyFigure figure = run.Latency[key];
            double?[] cells =
            [
                run.Stages[key].P50Microseconds,
                figure.P50Microseconds, figure.P90Microseconds, figure.P99Microseconds,
                figure.P999Microseconds, figure.MaxMicroseconds,
            ];
            string figures = string.Join(" | ", cells.Select(FigureText.Figure));
            string count = FigureText.Grouped(figure.Count);
            Line(text, $"| {FigureText.HopName(key)} | {figures} | {count} |");
        }
    }

    private static void AppendEvents(StringBuilder text, RunResult run)
    {
        if (run.Events.Count == 0)
        {
            return;
        }

        Line(text, "\n## Events\n");
        foreach (RunEvent remark in run.Events.OrderBy(remark => remark.TimeSeconds))
        {
            string time = remark.TimeSeconds.ToString("0.000", CultureInfo.InvariantCulture);
            Line(text, $"- {time} s **{Cell(remark.Kind)}** {Cell(remark.Text)}");
        }
    }

    // Keeps a value within its cell and line.
    private static string Cell(string value) => value
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .ReplaceLineEndings(" ");

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
