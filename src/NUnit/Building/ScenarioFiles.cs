namespace HilRig.Testing.Building;

/// <summary>Finds a suite's scenario files.</summary>
internal static class ScenarioFiles
{
    /// <summary>The cases of a folder, by name; or why there are none.</summary>
    /// <param name="folder">What the suite asks for.</param>
    /// <param name="start">Where relative paths are looked up from, upwards.</param>
    public static (IReadOnlyList<ScenarioCase> Cases, string? Fault) Find(
        ScenarioFolderAttribute folder, string start)
    {
        string? root = Upwards(start, folder.Path);
        if (root is null)
        {
            return ([], $"No folder '{folder.Path}' here or above: {start}");
        }

        string? rig = null;
        if (folder.Rig is not null)
        {
            rig = Upwards(start, folder.Rig);
            if (rig is null)
            {
                return ([], $"No rig file '{folder.Rig}' here or above: {start}");
            }
        }

        ScenarioCase[] cases =
        [
            .. Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories)
                .Select(path => new ScenarioCase
                {
                    Name = Path.ChangeExtension(Path.GetRelativePath(root, path), null)
                        .Replace('\\', '/'),
                    Path = path,
                    Rig = rig,
                    Repeat = folder.Repeat,
                    AttemptsMax = folder.AttemptsMax,
                    Timeout = TimeSpan.FromSeconds(folder.TimeoutSeconds),
                })
                .OrderBy(scenario => scenario.Name, StringComparer.Ordinal),
        ];
        string[] unknown = [.. folder.Nightly.Except(cases.Select(scenario => scenario.Name))];
        return folder.AttemptsMax < 1
            ? (cases, $"AttemptsMax is {folder.AttemptsMax}, not 1 or more")
            : cases.Length == 0 ? (cases, $"No .yaml file in {root}")
            : unknown.Length > 0
                ? (cases, $"Nightly names no scenario of {root}: {string.Join(", ", unknown)}")
                : (cases, null);
    }

    /// <summary>The first such file or folder here or above; null when there is none.</summary>
    public static string? Upwards(string start, string path)
    {
        for (string? folder = Path.GetFullPath(start); folder is not null;
            folder = Path.GetDirectoryName(folder))
        {
            string full = Path.GetFullPath(Path.Combine(folder, path));
            if (Directory.Exists(full) || File.Exists(full))
            {
                return full;
            }
        }

        return null;
    }
}
