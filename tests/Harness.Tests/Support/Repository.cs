namespace HilRig.Harness.Tests.Support;

/// <summary>Files of the repository that tests read.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string File(string relative) => Path.Combine(Root, relative);

    /// <summary>Shipped scenarios, relative to the root.</summary>
    public static IEnumerable<string> Scenarios() => Directory
        .EnumerateFiles(File("scenarios"), "*.yaml", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path))
        .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder, "HilRig.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The repository was not found.");
    }
}
