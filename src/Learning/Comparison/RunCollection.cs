using HilRig.Core.Errors;
using HilRig.Learning.Training;

namespace HilRig.Learning.Comparison;

/// <summary>Runs to compare, found in folders.</summary>
/// <param name="Runs">Those that are done.</param>
/// <param name="Unfinished">Folders of those that are not.</param>
internal sealed record RunCollection(
    IReadOnlyList<ComparedRun> Runs, IReadOnlyList<string> Unfinished)
{
    /// <summary>Finds runs.</summary>
    /// <param name="paths">Folders of runs, or folders that have such below them.</param>
    /// <exception cref="ScenarioException">
    /// A folder has no run, no run is done, or two have the same method, task and seed.
    /// </exception>
    public static RunCollection Find(IEnumerable<string> paths)
    {
        RunFolder[] folders = [.. paths.SelectMany(Below).Distinct().Select(RunFolder.Open)];
        (RunFolder Folder, TrainingResult? Result)[] all =
            [.. folders.Select(folder => (folder, folder.ReadResult()))];
        ComparedRun[] runs = Named([.. all.Where(run => run.Result is not null)]);
        if (runs.Length == 0)
        {
            throw new ScenarioException(
                "No run is done",
                "hilrig learn compare",
                "a result.json in a folder of a run",
                $"{all.Length} unfinished",
                "`hilrig learn resume` for each");
        }

        RequireDistinct(runs);
        return new(
            runs, [.. all.Where(run => run.Result is null).Select(run => run.Folder.Path)]);
    }

    private static string[] Below(string path)
    {
        if (File.Exists(Path.Combine(path, "config.json")))
        {
            return [Path.GetFullPath(path)];
        }

        string[] found = Directory.Exists(path)
            ? [.. Directory.GetFiles(path, "config.json", SearchOption.AllDirectories)
                .Select(file => Path.GetFullPath(Path.GetDirectoryName(file)!))
                .Order(StringComparer.Ordinal)]
            : [];
        return found.Length > 0
            ? found
            : throw new ScenarioException(
                "There is no run of learning", path, "a config.json in it or below");
    }

    /// <summary>
    /// Settings are part of a method's name only where an algorithm has more than one set of them.
    /// </summary>
    private static ComparedRun[] Named((RunFolder Folder, TrainingResult? Result)[] runs)
    {
        string[] settings =
            [.. runs.Select(run => string.Join(" ", MethodSettings.Of(run.Folder.Options)))];
        Dictionary<string, int> variants = runs.Zip(settings)
            .GroupBy(pair => pair.First.Result!.Algorithm)
            .ToDictionary(
                group => group.Key,
                group => group
                    .GroupBy(pair => pair.First.Result!.Task)
                    .Max(task => task.Select(pair => pair.Second).Distinct().Count()));
        return
        [
            .. runs.Zip(settings, (run, setting) => new ComparedRun(
                variants[run.Result!.Algorithm] == 1 || setting.Length == 0
                    ? run.Result.Algorithm
                    : run.Result.Algorithm + " " + setting,
                run.Result,
                run.Folder.Options.Steps)),
        ];
    }

    private static void RequireDistinct(ComparedRun[] runs)
    {
        foreach (var group in runs.GroupBy(run => (run.Method, run.Task, run.Result.Seed)))
        {
            if (group.Count() > 1)
            {
                throw new ScenarioException(
                    "Two runs have the same method, task and seed",
                    string.Join(", ", group.Select(run => run.Result.Run)),
                    found: FormattableString.Invariant(
                        $"{group.Key.Method}, {group.Key.Task}, seed {group.Key.Seed}"),
                    remedy: "leave one of them out");
            }
        }
    }
}
