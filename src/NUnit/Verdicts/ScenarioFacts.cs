using System.Text.RegularExpressions;

namespace HilRig.Testing.Verdicts;

/// <summary>The two things about a scenario that its judgement depends on.</summary>
/// <param name="DrivesHardware">Whether a real rig is driven, which may be away or broken.</param>
/// <param name="MissingInput">
/// What it needs and this machine has not; null when all is there.
/// </param>
internal sealed partial record ScenarioFacts(bool DrivesHardware, MissingInput? MissingInput)
{
    private const string DataVariable = "HILRIG_DATA";

    /// <summary>Reads a scenario file and the rig file it names.</summary>
    public static ScenarioFacts Read(ScenarioCase scenario)
    {
        string text = File.ReadAllText(scenario.Path);
        string? data = Environment.GetEnvironmentVariable(DataVariable);
        bool recorded = scenario.Rig is null && RecordingKey().IsMatch(text);
        MissingInput? missing = recorded && !Directory.Exists(data)
            ? new("data", $"It plays a recording: set {DataVariable} to the folder of recordings")
            : null;
        return new(IsHardware(RigPath(scenario, text)), missing);
    }

    /// <summary>Whether a rig file describes hardware: it has a bus and no virtual arm.</summary>
    public static bool IsHardware(string? rigPath) =>
        File.Exists(rigPath) && !VirtualKey().IsMatch(File.ReadAllText(rigPath));

    private static string? RigPath(ScenarioCase scenario, string text)
    {
        if (scenario.Rig is not null)
        {
            return scenario.Rig;
        }

        Match named = RigKey().Match(text);
        return named.Success
            ? Path.Combine(Path.GetDirectoryName(scenario.Path)!, named.Groups["path"].Value)
            : null;
    }

    [GeneratedRegex(@"^rig:\s*[""']?(?<path>[^\s""'#]+)", RegexOptions.Multiline)]
    private static partial Regex RigKey();

    [GeneratedRegex(@"^virtual:|\bport:\s*virtual\b", RegexOptions.Multiline)]
    private static partial Regex VirtualKey();

    [GeneratedRegex(@"\btype:\s*recorded\b", RegexOptions.Multiline)]
    private static partial Regex RecordingKey();
}
