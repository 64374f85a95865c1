using HilRig.Core.Errors;

namespace HilRig.Rig.Running;

/// <summary>What `hilrig run` was asked to do.</summary>
public sealed record RunOptions
{
    /// <summary>Variable that names the folder of recordings.</summary>
    public const string RecordingVariable = "HILRIG_DATA";

    /// <summary>Scenario files, run in this order; at least one.</summary>
    public required IReadOnlyList<string> Scenarios { get; init; }

    /// <summary>
    /// Rig file in place of the one each scenario names; null: the scenario's own.
    /// </summary>
    public string? Rig { get; init; }

    /// <summary>
    /// Address of an agent that runs already, in place of starting one: "rig" for this rig's on
    /// this machine, shm:PATH, tcp://127.0.0.1:PORT or tls://HOST:PORT. Null: what the scenario or
    /// the rig file says, else one is started.
    /// </summary>
    public string? Agent { get; init; }

    /// <summary>Repeats in place of each scenario's own; null: the scenario's own.</summary>
    public int? Repeat { get; init; }

    /// <summary>
    /// Whether nobody is beside the rig. A real rig then needs a stop that does not depend on its
    /// bus, or somebody's word in the rig file.
    /// </summary>
    public bool Unattended { get; init; }

    /// <summary>Folder in which each run makes its own folder. Default "runs".</summary>
    public string Out { get; init; } = "runs";

    /// <summary>Folder of recordings that scenarios play; null: the variable HILRIG_DATA.</summary>
    public string? RecordingFolder { get; init; }

    /// <summary>Exit code of Inconclusive: 20, or 0 where it must not fail a pipeline.</summary>
    public int InconclusiveExitCode { get; init; } = 20;

    /// <summary>
    /// The folder of recordings, by option or variable; null when none was named.
    /// </summary>
    public string? EffectiveRecordingFolder => RecordingFolder
        ?? (Environment.GetEnvironmentVariable(RecordingVariable) is { Length: > 0 } named
            ? named
            : null);

    /// <summary>Checks every value.</summary>
    /// <exception cref="ScenarioException">A value is out of range.</exception>
    public void Validate()
    {
        if (Repeat is < 1 or > 1000)
        {
            throw new ScenarioException(
                "The number of repeats is out of range", "--repeat", "1 to 1000", $"{Repeat}");
        }

        if (Agent is not null)
        {
            HostedAgent.Require(Agent, "--agent");
        }

        if (InconclusiveExitCode is not (0 or 20))
        {
            throw new ScenarioException(
                "The exit code of an inconclusive run is not one of those allowed",
                "--inconclusive", "0 or 20", $"{InconclusiveExitCode}");
        }
    }
}
