using HilRig.Core.Errors;
using HilRig.Sim.Batch;

namespace HilRig.Sim.Environments;

/// <summary>How an environment runs.</summary>
public sealed record EnvironmentOptions
{
    /// <summary>Number of envs.</summary>
    public required int EnvCount { get; init; }

    /// <summary>Time steps of the model in a control step.</summary>
    public int StepsPerAction { get; init; } = 10;

    /// <summary>Control steps after which an episode is cut; 0 for never.</summary>
    public int EpisodeSteps { get; init; }

    /// <summary>Seed of all random numbers.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What differs from env to env, in order.</summary>
    public IReadOnlyList<RandomizationEvent> Events { get; init; } = [];

    /// <summary>How the batch is computed; the fault policy is of no account.</summary>
    public BatchOptions Batch { get; init; } = new();

    internal void Validate()
    {
        if (StepsPerAction < 1 || EpisodeSteps < 0)
        {
            throw new ModelException(
                "the environment's options are out of range",
                "environment",
                "at least 1 step an action, at least 0 steps an episode",
                $"{StepsPerAction} and {EpisodeSteps}");
        }
    }
}
