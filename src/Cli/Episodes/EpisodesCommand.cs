using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using HilRig.Core.Errors;

namespace HilRig.Cli.Episodes;

/// <summary>`hilrig episodes list|show|relabel`: logs of episodes, read and corrected.</summary>
internal static class EpisodesCommand
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Makes the command.</summary>
    public static Command Create() => new(
        "episodes", "Episodes of a run of learning: list, show, correct a verdict.")
    {
        EpisodesList.Create(),
        EpisodesShow.Create(),
        EpisodesRelabel.Create(),
    };

    /// <summary>The log.</summary>
    public static Argument<string> FileArgument() => new("FILE")
    {
        Description = "A log of episodes (*.episodes), or the folder of a run.",
    };

    /// <summary>An episode of the log.</summary>
    public static Argument<long> IndexArgument() => new("N")
    {
        Description = "Index of the episode, as `hilrig episodes list` shows it.",
    };

    /// <summary>The option for JSON.</summary>
    public static Option<bool> JsonOption() => new("--json")
    {
        Description = "Print one JSON object.",
    };

    /// <summary>Prints an object as JSON.</summary>
    /// <param name="value">The object.</param>
    public static void Print(object value) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(value, Format));

    /// <summary>The logs that an argument names: a file, or those of a run's folder.</summary>
    /// <param name="path">The argument.</param>
    /// <exception cref="ScenarioException">There is none.</exception>
    public static IReadOnlyList<string> Resolve(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        string[] found = [.. Directory.GetFiles(path, "*.episodes").Order(StringComparer.Ordinal)];
        return found.Length > 0
            ? found
            : throw new ScenarioException(
                "This folder has no log of episodes", path, "replay.episodes in it");
    }

    /// <summary>The one log that an argument names; of a folder, replay.episodes.</summary>
    /// <param name="path">The argument.</param>
    public static string ResolveOne(string path) =>
        Directory.Exists(path) ? Path.Combine(path, "replay.episodes") : path;

    /// <summary>A word of an enumeration as commands write it.</summary>
    /// <param name="value">The value.</param>
    public static string Word(Enum value) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
