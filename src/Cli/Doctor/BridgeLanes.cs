using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using HilRig.Rig.Doctor;

namespace HilRig.Cli.Doctor;

/// <summary>
/// The round trip of each lane between host and agent, by `hilrig bench bridge` in a process of its
/// own: it starts a second one, and both have settings that must be in place before they start.
/// </summary>
internal static class BridgeLanes
{
    /// <summary>The lanes, as `--lane` names them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["shm", "zmq"];

    /// <summary>Measures one for two seconds.</summary>
    /// <param name="lane">Its name.</param>
    /// <param name="patience">How long the whole may take.</param>
    /// <param name="trip">The round trip.</param>
    /// <param name="why">Why there is none.</param>
    public static bool TryMeasure(
        string lane,
        TimeSpan patience,
        [NotNullWhen(true)] out LatencySummary? trip,
        [NotNullWhen(false)] out string? why)
    {
        trip = null;
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "hilrig")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] self = Path.GetFileNameWithoutExtension(start.FileName) == "dotnet"
            ? [typeof(BridgeLanes).Assembly.Location]
            : [];
        foreach (string argument in (string[])
            [.. self, "bench", "bridge", "--lane", lane, "--seconds", "2", "--json"])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            why = $"no end after {patience.TotalSeconds:F0} s";
            return false;
        }

        trip = process.ExitCode == 0 ? Read(output.Result) : null;
        why = trip is null ? $"exit {process.ExitCode}: {FirstLine(errors.Result)}" : null;
        return trip is not null;
    }

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();

    private static LatencySummary? Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("paced", out JsonElement paced)
            && paced.TryGetProperty("bridge", out JsonElement bridge)
            ? new LatencySummary(
                bridge.GetProperty("count").GetInt32(),
                bridge.GetProperty("p50_us").GetDouble(),
                bridge.GetProperty("p99_us").GetDouble(),
                bridge.GetProperty("max_us").GetDouble())
            : null;
    }
}
