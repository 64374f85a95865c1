using HilRig.Core.Errors;
using HilRig.Harness.Controllers;
using HilRig.Harness.Faults;

namespace HilRig.Harness.Scenarios;

/// <summary>
/// A scenario file, read and checked by itself; the rig is not known yet. Immutable.
/// </summary>
public sealed record Scenario
{
    /// <summary>Version of the scenario schema; 1 today.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Name used in reports.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>The file as it was asked for.</summary>
    public required string DisplayPath { get; init; }

    /// <summary>The file's absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 of the file's bytes, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The file's text, for the recording.</summary>
    public required string Text { get; init; }

    /// <summary>Absolute path of the rig file; null when a recording is the plant.</summary>
    public string? RigPath { get; init; }

    /// <summary>
    /// Address of an agent that runs already, in place of starting one; null: as the rig says.
    /// </summary>
    public string? AgentAddress { get; init; }

    /// <summary>The recording that is the plant; null when a rig is.</summary>
    public RecordedPlantSource? Recorded { get; init; }

    /// <summary>The twin.</summary>
    public required TwinChoice Twin { get; init; }

    /// <summary>Rate of the loop, Hz. With a recording: its nominal rate.</summary>
    public required double RateHertz { get; init; }

    /// <summary>How the plant gets to the start pose.</summary>
    public required Approach Approach { get; init; }

    /// <summary>What commands the joints.</summary>
    public required IControllerRecipe Controller { get; init; }

    /// <summary>Length of the measured phase, s; null: until the controller is done.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>How often the measured phase is run. Default 1.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>What is allowed.</summary>
    public required ScenarioBudgets Budgets { get; init; }

    /// <summary>When the run says nothing.</summary>
    public required InconclusiveRules Inconclusive { get; init; }

    /// <summary>What goes wrong on purpose.</summary>
    public IReadOnlyList<ScenarioFault> Faults { get; init; } = [];

    /// <summary>The stop it is about; null: any stop is a fault of the rig.</summary>
    public ExpectedStop? Expect { get; init; }

    /// <summary>Capabilities the rig must have.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>Seed of everything random in the run. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Reads a scenario with the shipped types.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="ScenarioException">
    /// Anything is wrong with the file; all of it is named.
    /// </exception>
    public static Scenario Load(string path) =>
        new ScenarioReader(ScenarioTypes.CreateDefault()).Load(path);
}
