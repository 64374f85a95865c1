namespace HilRig.Tidy.Tests;

/// <summary>
/// The files of this checkout, by path relative to its root, with forward slashes.
/// </summary>
internal static class Repository
{
    private static readonly HashSet<string> SkippedFolders =
        new(StringComparer.Ordinal)
        {
            ".git", ".vs", ".idea", "artifacts", "bin", "obj", "node_modules", "runs",
            "TestResults",
        };

    private static readonly HashSet<string> TextExtensions =
        new(StringComparer.Ordinal)
        {
            ".cs", ".csproj", ".props", ".targets", ".md", ".json", ".yaml", ".yml", ".xml",
            ".proto", ".sh", ".mjs", ".js", ".py", ".txt", ".html", ".css", ".config", ".sln", "",
        };

    /// <summary>The folder that holds HilRig.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every text file that belongs to the project.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Walk(Root).Order(StringComparer.Ordinal)];

    /// <summary>The C# files of src, tests, bench and samples.</summary>
    public static IEnumerable<string> CSharpFiles => Files.Where(path => path.EndsWith(".cs"));

    /// <summary>The files with this extension below this folder.</summary>
    public static IEnumerable<string> Below(string folder, string extension) =>
        Files.Where(path => path.StartsWith(folder + "/") && path.EndsWith(extension));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static string[] ReadLines(string path) => SourceText.Lines(Read(path));

    public static bool Exists(string path)
    {
        string full = Path.Combine(Root, path);
        return File.Exists(full) || Directory.Exists(full);
    }

    private static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null;
            folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "HilRig.sln")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException("No HilRig.sln above " + AppContext.BaseDirectory);
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            bool locked = Path.GetFileName(file) == "packages.lock.json";
            bool generated = Path.GetFileName(file) == "package-lock.json";
            if (!locked && !generated && TextExtensions.Contains(Path.GetExtension(file)))
            {
                yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
            }
        }

        foreach (string child in Directory.EnumerateDirectories(folder))
        {
            if (!SkippedFolders.Contains(Path.GetFileName(child)))
            {
                foreach (string file in Walk(child))
                {
                    yield return file;
                }
            }
        }
    }
}
