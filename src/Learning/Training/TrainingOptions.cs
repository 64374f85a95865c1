using HilRig.Core.Errors;
using HilRig.Learning.Agents;

namespace HilRig.Learning.Training;

/// <summary>Everything that a run of learning is made of: its config.json.</summary>
internal sealed record TrainingOptions
{
    /// <summary>Name of the task.</summary>
    public required string Task { get; init; }

    /// <summary>Seed of demonstrations, starts, weights and all chance.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Steps of the environment, warm-up included; of bc none are made.</summary>
    public required long Steps { get; init; }

    /// <summary>Preset that the agent's options began with.</summary>
    public required string Preset { get; init; }

    /// <summary>Demonstrations that the replay begins with.</summary>
    public required int Demonstrations { get; init; }

    /// <summary>Steps between two points of the curve.</summary>
    public int EvaluationSteps { get; init; } = 1000;

    /// <summary>Starts of a point of the curve; the same for every algorithm and seed.</summary>
    public int EvaluationStarts { get; init; } = 100;

    /// <summary>Starts of the final score; none of them is one of the curve's.</summary>
    public int FinalStarts { get; init; } = 300;

    /// <summary>
    /// Steps between two snapshots, which are taken when an episode has ended. After a kill the
    /// updates since the last one are done again, from the log.
    /// </summary>
    public int SnapshotSteps { get; init; } = 1000;

    /// <summary>How the agent learns.</summary>
    public required AgentOptions Agent { get; init; }

    /// <summary>Checks every number.</summary>
    /// <exception cref="ScenarioException">At least one is out of range; all are named.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        Check(Steps >= 0, "steps at least 0");
        Check(Demonstrations >= 0, "demonstrations at least 0");
        Check(Demonstrations > 0 || !Agent.UsesImitation, "demonstrations to imitate, at least 1");
        Check(Demonstrations > 0 || Agent.DemonstrationShare == 0, "demonstrations for a share");
        Check(EvaluationSteps >= 1, "evaluationSteps at least 1");
        Check(EvaluationStarts >= 1 && FinalStarts >= 1, "starts at least 1");
        Check(SnapshotSteps >= 1, "snapshotSteps at least 1");
        if (faults.Count > 0)
        {
            throw new ScenarioException(
                "The options of a run are out of range", expected: string.Join("; ", faults));
        }

        Agent.Validate();

        void Check(bool holds, string rule)
        {
            if (!holds)
            {
                faults.Add(rule);
            }
        }
    }
}
