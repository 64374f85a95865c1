namespace HilRig.Testing;

/// <summary>
/// Points a <see cref="ScenarioSuite"/> at a folder; each file in it is a test case.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ScenarioFolderAttribute : Attribute
{
    /// <summary>Names the folder.</summary>
    /// <param name="path">
    /// Folder of .yaml scenarios, subfolders included. A relative path is looked up from the test
    /// assembly's folder upwards, so it works from a source tree and from copied output alike.
    /// </param>
    public ScenarioFolderAttribute(string path) => Path = path;

    /// <summary>The folder, as given.</summary>
    public string Path { get; }

    /// <summary>
    /// Rig file that replaces the scenarios' own, found the same way; null: their own.
    /// </summary>
    public string? Rig { get; init; }

    /// <summary>Repeats that replace the scenarios' own; 0: their own.</summary>
    public int Repeat { get; init; }

    /// <summary>
    /// Names of cases (such as "safety/checksum") that run only when a filter selects them or the
    /// category "Nightly", which they get; a name without its scenario is a fault of the suite.
    /// </summary>
    public string[] Nightly { get; init; } = [];

    /// <summary>
    /// How often a scenario without hardware may be run at most, default 1. It is run again only
    /// after a RigError, or when its loop itself woke so late that the machine was too busy to say
    /// anything; each attempt is printed and counted in the property "Attempts". A verdict of a
    /// loop that had its time is never asked for twice, and a rig of hardware never moves twice.
    /// </summary>
    public int AttemptsMax { get; init; } = 1;

    /// <summary>
    /// Longest time one attempt may take, s, default 120. Then the program is interrupted and the
    /// test fails.
    /// </summary>
    public int TimeoutSeconds { get; init; } = 120;
}
