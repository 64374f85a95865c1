using System.Globalization;
using System.Text;
using HilRig.Learning.Comparison.Statistics;

namespace HilRig.Learning.Comparison;

/// <summary>A comparison as Markdown, for a terminal or a page.</summary>
internal static class ComparisonText
{
    /// <summary>Writes all tables.</summary>
    /// <param name="comparison">The comparison.</param>
    public static string Write(RunComparison comparison)
    {
        var text = new StringBuilder();
        foreach (var task in comparison.Tasks.GroupBy(row => row.Task))
        {
            AppendTask(text, task.Key, [.. task]);
        }

        AppendMethods(text, comparison);
        if (comparison.Pairs.Count > 0)
        {
            AppendPairs(text, comparison.Pairs);
        }

        foreach (string run in comparison.Unfinished)
        {
            text.Append(CultureInfo.InvariantCulture, $"Not done, left out: {run}\n");
        }

        return text.ToString();
    }

    private static void AppendTask(StringBuilder text, string task, TaskRow[] rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {task}\n\n");
        text.Append("| method | seeds | final success (95 %) | each seed | steps to 85 % ")
            .Append("| steps to 90 % | mean while learning (95 %) | longest below imitation ")
            .Append("| processor | wall |\n")
            .Append("|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (TaskRow row in rows)
        {
            string seeds = string.Join(
                " ", row.FinalBySeed.Select(score => Percent(score).ToString()));
            text.Append(CultureInfo.InvariantCulture, $"| {row.Method} | {row.Seeds.Count} ")
                .Append(CultureInfo.InvariantCulture, $"| {Show(row.FinalSuccess)} | {seeds} ")
                .Append(CultureInfo.InvariantCulture, $"| {Steps(row.StepsTo85, row)} ")
                .Append(CultureInfo.InvariantCulture, $"| {Steps(row.StepsTo90, row)} ")
                .Append(CultureInfo.InvariantCulture, $"| {Show(row.Area)} ")
                .Append(CultureInfo.InvariantCulture, $"| {Steps(row.DipSteps)} ")
                .Append(CultureInfo.InvariantCulture, $"| {Clock(row.CpuSeconds)} ")
                .Append(CultureInfo.InvariantCulture, $"| {Clock(row.WallSeconds)} |\n");
        }

        text.Append('\n');
    }

    private static void AppendMethods(StringBuilder text, RunComparison comparison)
    {
        text.Append("## All tasks\n\n")
            .Append("| method | tasks | runs | interquartile mean of final success (95 %) |\n")
            .Append("|---|---|---|---|\n");
        foreach (MethodRow row in comparison.Methods)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Method} | {row.Tasks.Count} ")
                .Append(CultureInfo.InvariantCulture, $"| {row.RunCount} ")
                .Append(CultureInfo.InvariantCulture, $"| {Show(row.InterquartileMean)} |\n");
        }

        text.Append("\nFinal success: Wilson's interval of all starts of all seeds. Other ")
            .Append("intervals: runs resampled within each task, ")
            .Append(CultureInfo.InvariantCulture, $"{comparison.BootstrapDraws} draws, ")
            .Append(CultureInfo.InvariantCulture, $"seed {comparison.BootstrapSeed}. ")
            .Append("Steps: warm-up counted, median over seeds; to 90 % after a running median ")
            .Append("of three points.\n\n");
    }

    private static void AppendPairs(StringBuilder text, IReadOnlyList<PairRow> pairs)
    {
        text.Append("| probability that a run ends better | on tasks | (95 %) |\n|---|---|---|\n");
        foreach (PairRow pair in pairs)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {pair.Method} than {pair.Other} ")
                .Append(CultureInfo.InvariantCulture, $"| {pair.Tasks.Count} ")
                .Append(CultureInfo.InvariantCulture, $"| {Show(pair.Probability)} |\n");
        }

        text.Append('\n');
    }

    private static int Percent(double share) => (int)Math.Round(100 * share);

    private static string Show(Estimate? estimate) => estimate switch
    {
        null => "-",
        { Low: { } low, High: { } high } => string.Create(
            CultureInfo.InvariantCulture,
            $"{Percent(estimate.Value)} % ({Percent(low)}-{Percent(high)})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Percent(estimate.Value)} % (one run)"),
    };

    private static string Steps(long? steps, TaskRow row) =>
        row.Area is null ? "-" : steps is null ? "> " + Steps(row.Budget) : Steps(steps);

    private static string Steps(long? steps) =>
        steps?.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ') ?? "-";

    private static string Clock(double seconds) => string.Create(
        CultureInfo.InvariantCulture, $"{seconds / 60:0.0} min");
}
