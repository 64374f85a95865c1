using System.Text;
using System.Text.Json;
using HilRig.Core.Errors;
using HilRig.Core.Files;
using HilRig.Learning.Comparison.Plots;

namespace HilRig.Learning.Comparison;

/// <summary>
/// A comparison as files: comparison.md, comparison.json, curves-TASK.svg and comparison.html, one
/// page with all plots.
/// </summary>
internal static class ComparisonFiles
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    /// <summary>The comparison as JSON.</summary>
    /// <param name="comparison">The comparison.</param>
    public static string Json(RunComparison comparison) =>
        JsonSerializer.Serialize(comparison, Format) + "\n";

    /// <summary>Writes all files.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="folder">Where to; made when it is not there.</param>
    /// <exception cref="RecordingException">The folder cannot be written.</exception>
    public static void Write(RunComparison comparison, string folder)
    {
        string[] methods = [.. comparison.Methods.Select(row => row.Method)];
        string text = ComparisonText.Write(comparison);
        (string Task, string Svg)[] plots =
        [
            .. comparison.Curves
                .GroupBy(curve => curve.Task)
                .Select(task => (task.Key, CurvePlot.Draw(task.Key, [.. task], methods))),
        ];
        try
        {
            Directory.CreateDirectory(folder);
            Write(folder, "comparison.md", text);
            Write(folder, "comparison.json", Json(comparison));
            Write(
                folder,
                "comparison.html",
                ComparisonPage.Write(plots.Select(plot => plot.Svg), text));
            foreach ((string task, string svg) in plots)
            {
                Write(folder, $"curves-{task}.svg", svg);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException(
                "A comparison cannot be written",
                folder,
                found: error.Message,
                remedy: "make room or choose another --out",
                inner: error);
        }
    }

    private static void Write(string folder, string name, string text) => Durable.Write(
        Path.Combine(folder, name), stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
