using HilRig.Core.Errors;
using HilRig.Core.Units;
using HilRig.Harness.Faults;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Scenarios;

/// <summary>
/// Reads scenario files; format and meaning: scenarios/README.md and scenario.schema.json.
/// </summary>
public sealed class ScenarioReader
{
    private const double RateHertzMax = 2000;
    private readonly ScenarioTypes _types;

    /// <summary>Makes a reader.</summary>
    /// <param name="types">What <c>type:</c> may be.</param>
    public ScenarioReader(ScenarioTypes types)
    {
        ArgumentNullException.ThrowIfNull(types);
        _types = types;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="ScenarioException">
    /// Anything is wrong with it; all of it is named.
    /// </exception>
    public Scenario Load(string path) => Read(YamlDocument.Load(path));

    /// <summary>Reads a document.</summary>
    /// <param name="document">The document; finished by this call.</param>
    /// <exception cref="ScenarioException">
    /// Anything is wrong with it; all of it is named.
    /// </exception>
    public Scenario Read(YamlDocument document)
    {
        YamlMap root = document.Root;
        root.Required("schema").Integer(
            Scenario.CurrentSchemaVersion, Scenario.CurrentSchemaVersion);
        RecordedPlantSource? recorded = ReadRecorded(root.Optional("plant"));
        string? rig = recorded is null
            ? root.Required("rig").Text()
            : RefuseBoth(root.Optional("rig"));
        IReadOnlyList<ScenarioFault> faults = FaultReader.Read(root.Optional("faults"));
        var scenario = new Scenario
        {
            Name = root.Required("name").Text(),
            Description = root.Optional("description")?.Text(),
            DisplayPath = document.DisplayPath,
            Path = document.Path,
            Sha256 = document.Sha256,
            Text = document.Text,
            RigPath = string.IsNullOrEmpty(rig) ? null : document.Resolve(rig),
            AgentAddress = root.Optional("agent")?.Text(),
            Recorded = recorded,
            Twin = ReadTwin(root.Optional("twin"), recorded is not null, root),
            RateHertz = root.Required("rate").Quantity(Dimension.Frequency, 1, RateHertzMax),
            Approach = ReadApproach(root.Optional("approach"), recorded is not null),
            Controller = _types.Controllers.Read(root.Required("controller").Map()),
            DurationSeconds = root.Optional("duration")?.Quantity(Dimension.Time, 0.01, 86400),
            Repeats = root.Optional("repeats")?.Integer(1, 1000) ?? 1,
            Budgets = BudgetReader.Read(root.Optional("budgets")?.Map()),
            Inconclusive = ReadInconclusive(root.Optional("inconclusive")?.Map()),
            Faults = faults,
            Expect = ExpectationReader.Read(root.Optional("expect"), faults),
            Requires = [.. root.Optional("requires")?.Items().Select(item => item.Text()) ?? []],
            Seed = (ulong)(root.Optional("seed")?.WholeNumber(0, long.MaxValue) ?? 1),
        };
        if (recorded is not null && scenario.Repeats > 1)
        {
            root.Optional("repeats")?.Refuse("A recording cannot be repeated");
        }

        document.Finish();
        return scenario;
    }

    private static string? RefuseBoth(YamlField? rig)
    {
        rig?.Refuse("A scenario has a rig or a recorded plant, not both");
        return null;
    }

    private static RecordedPlantSource? ReadRecorded(YamlField? field)
    {
        if (field is null)
        {
            return null;
        }

        YamlMap map = field.Map();
        map.Required("type").Choice("recorded");
        return new RecordedPlantSource(
            map.Required("log").Text(), map.Required("joint").Text(), field.Where);
    }

    private static TwinChoice ReadTwin(YamlField? field, bool modelNeeded, YamlMap root)
    {
        YamlMap? map = field?.Map();
        bool enabled = map?.Optional("enabled")?.Flag() ?? true;
        string? model = map?.Optional("model")?.Text();
        if (enabled && modelNeeded && model is null)
        {
            root.Document.Faults.Add(new YamlFault(
                field?.Where ?? root.Where,
                "A recorded plant has no rig file, so its twin needs a model",
                "twin.model: a path, or twin.enabled: false"));
        }

        return new TwinChoice(
            enabled, string.IsNullOrEmpty(model) ? null : root.Document.Resolve(model));
    }

    private static Approach ReadApproach(YamlField? field, bool isRecorded)
    {
        if (isRecorded)
        {
            field?.Refuse("A recording cannot be moved to a start pose");
            return new Approach { TimeSeconds = 0, SettleSeconds = 0 };
        }

        YamlMap? map = field?.Map();
        var pose = new List<PoseTarget>();
        foreach ((string joint, YamlField value) in map?.Optional("pose")?.Map().Entries() ?? [])
        {
            Quantity position = value.Quantity(Dimension.Angle, Dimension.Length);
            pose.Add(new PoseTarget(joint, position, value.Where));
        }

        var standard = new Approach();
        return new Approach
        {
            Pose = pose,
            TimeSeconds = map?.Optional("time")?.Quantity(Dimension.Time, 0.1, 60)
                ?? standard.TimeSeconds,
            SettleSeconds = map?.Optional("settle")?.Quantity(Dimension.Time, 0, 60)
                ?? standard.SettleSeconds,
        };
    }

    private static InconclusiveRules ReadInconclusive(YamlMap? map)
    {
        var standard = new InconclusiveRules();
        return new InconclusiveRules
        {
            TicksMin = map?.Optional("ticksMin")?.Integer(0) ?? standard.TicksMin,
            NeedsRealTime = map?.Optional("needsRealTime")?.Flag() ?? standard.NeedsRealTime,
        };
    }
}
