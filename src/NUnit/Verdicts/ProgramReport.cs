using System.Globalization;
using System.Text;
using System.Text.Json;
using HilRig.Testing.Running;

namespace HilRig.Testing.Verdicts;

/// <summary>
/// What <c>hilrig run --json</c> reported of one scenario, as far as a test needs it.
/// </summary>
internal sealed record ProgramReport
{
    private static readonly string[] RunFiles =
        ["report.html", "report.md", "run.json", "recording.mcap"];

    /// <summary>
    /// The verdict; from the exit code when the output is not the contract's object.
    /// </summary>
    public required RunVerdict Verdict { get; init; }

    /// <summary>Why, with every budget that was not met.</summary>
    public required string Explanation { get; init; }

    /// <summary>That the machine kept the loop from its ticks; null: not so.</summary>
    public string? Starvation { get; init; }

    /// <summary>Latency and divergence as lines of text.</summary>
    public string Figures { get; init; } = "";

    /// <summary>Existing files of the run folder, to be attached.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>
    /// Reads a finished program's output. Never throws: a broken object is a bug verdict.
    /// </summary>
    public static ProgramReport Read(ProgramOutput output)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(output.StandardOutput);
            JsonElement runs = document.RootElement.GetProperty("runs");
            if (runs.GetArrayLength() != 1)
            {
                return WithoutObject(output, $"expected one run, found {runs.GetArrayLength()}");
            }

            ProgramReport report = Read(runs[0]);
            return Agrees(report.Verdict, output.ExitCode)
                ? report
                : WithoutObject(output, $"the object says {report.Verdict}: {report.Explanation}");
        }
        catch (Exception error)
            when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return WithoutObject(output, error.Message);
        }
    }

    private static ProgramReport Read(JsonElement run)
    {
        string name = run.GetProperty("verdict").GetString() ?? "";
        if (!Enum.TryParse(name, out RunVerdict verdict))
        {
            throw new JsonException($"'{name}' is no verdict");
        }

        string? folder = FolderOf(run);
        var explanation = new StringBuilder(Text(run, "reason") ?? "no reason given");
        using JsonDocument? file = RunFile(folder);
        AppendBudgets(explanation, file);
        return new()
        {
            Verdict = verdict,
            Explanation = explanation.ToString(),
            Starvation = file is null ? null : Verdicts.Starvation.Find(file.RootElement),
            Figures = FiguresOf(run),
            Files = folder is null
                ? []
                : [.. RunFiles.Select(file => Path.Combine(folder, file)).Where(File.Exists)],
        };
    }

    /// <summary>
    /// Whether the exit code is the verdict's; Inconclusive may be asked to exit with 0.
    /// </summary>
    private static bool Agrees(RunVerdict verdict, int? exitCode) =>
        exitCode is null || exitCode == (int)verdict
        || (verdict == RunVerdict.Inconclusive && exitCode == 0);

    private static ProgramReport WithoutObject(ProgramOutput output, string fault)
    {
        // A rig can fail, or a file be wrong, before there is a run to report.
        RunVerdict verdict = output.ExitCode switch
        {
            (int)RunVerdict.Usage => RunVerdict.Usage,
            (int)RunVerdict.RigError => RunVerdict.RigError,
            _ => RunVerdict.Bug,
        };
        return new()
        {
            Verdict = verdict,
            Explanation = $"exit code {output.ExitCode?.ToString(CultureInfo.InvariantCulture)}, "
                + $"{fault}\n{output.StandardError.Trim()}",
        };
    }

    private static string? FolderOf(JsonElement run) =>
        Path.GetDirectoryName(Text(run, "report") ?? Text(run, "recording"));

    private static JsonDocument? RunFile(string? folder)
    {
        string path = Path.Combine(folder ?? "", "run.json");
        return folder is not null && File.Exists(path)
            ? JsonDocument.Parse(File.ReadAllText(path))
            : null;
    }

    private static void AppendBudgets(StringBuilder text, JsonDocument? file)
    {
        if (file is null || !file.RootElement.TryGetProperty("budgets", out JsonElement budgets))
        {
            return;
        }

        foreach (JsonElement budget in budgets.EnumerateArray())
        {
            if (Text(budget, "verdict") is { } verdict && verdict != nameof(RunVerdict.Pass))
            {
                string unit = Text(budget, "unit") ?? "";
                text.Append("\n  ").Append(verdict).Append(' ').Append(Text(budget, "metric"))
                    .Append(": measured ").Append(Number(budget, "measured"))
                    .Append(' ').Append(unit)
                    .Append(", limit ").Append(Number(budget, "limit")).Append(' ').Append(unit)
                    .Append(Text(budget, "note") is { } note ? $" ({note})" : "");
            }
        }
    }

    private static string FiguresOf(JsonElement run)
    {
        var text = new StringBuilder();
        foreach (string group in new[] { "latency", "divergence" })
        {
            foreach (JsonProperty metric in run.GetProperty(group).EnumerateObject())
            {
                text.Append(CultureInfo.InvariantCulture, $"{group}/{metric.Name}");
                foreach (JsonProperty figure in metric.Value.EnumerateObject())
                {
                    if (figure.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String)
                    {
                        text.Append(
                            CultureInfo.InvariantCulture,
                            $" {figure.Name}={Number(metric.Value, figure.Name)}");
                    }
                }

                text.Append('\n');
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"missedTicks {Number(run, "missedTicks")}");
        return text.ToString();
    }

    private static string? Text(JsonElement element, string key) =>
        element.TryGetProperty(key, out JsonElement value)
            && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;

    private static string Number(JsonElement element, string key) =>
        !element.TryGetProperty(key, out JsonElement value) ? "?"
        : value.ValueKind == JsonValueKind.Number
            ? value.GetDouble().ToString("G5", CultureInfo.InvariantCulture)
        : value.ValueKind == JsonValueKind.Null ? "unknown"
        : value.ToString();
}
