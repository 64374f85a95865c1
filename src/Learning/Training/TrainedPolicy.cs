using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Learning.Onnx;
using HilRig.Learning.Snapshots;
using HilRig.Recording.Episodes;
using HilRig.Tasks;
using HilRig.Tasks.Policies;

namespace HilRig.Learning.Training;

/// <summary>The policy of a run as a file.</summary>
internal static class TrainedPolicy
{
    /// <summary>Makes the policy of a learner.</summary>
    /// <param name="folder">Its run.</param>
    /// <param name="task">Its task.</param>
    /// <param name="learner">The learner.</param>
    /// <param name="steps">Steps so far.</param>
    /// <exception cref="RigException">The graph differs from the networks.</exception>
    public static TaskPolicyFile Make(
        RunFolder folder, IRobotTask task, Learner learner, long steps)
    {
        Episode[] episodes =
        [
            .. EpisodeLog.Read(folder.Demonstrations).Episodes.Select(logged => logged.Episode),
        ];
        var origin = new PolicyOrigin
        {
            MadeBy = PolicyExport.Program,
            Seed = folder.Options.Seed,
            EnvironmentSteps = steps,
            UpdateCount = learner.Agent.CriticUpdateCount,
            ConfigurationSha256 = folder.ConfigSha256,
        };
        return PolicyExport.Make(learner.Agent, task, origin, episodes);
    }

    /// <summary>Makes the policy of the newest snapshot.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="task">Its task.</param>
    /// <exception cref="RigException">There is no snapshot, or it is foreign.</exception>
    public static TaskPolicyFile OfNewestSnapshot(RunFolder folder, IRobotTask task)
    {
        SnapshotManifest manifest =
            folder.OpenSnapshots().LoadNewest(folder.ConfigSha256, out StateReader? state)
            ?? throw new ScenarioException(
                "The run has no snapshot to export",
                folder.Path,
                remedy: "hilrig learn resume " + folder.Path);
        using var learner = new Learner(
            task.Description,
            folder.Options.Agent,
            RunSeed.Of(folder.Options.Seed, RunSeed.Learning));
        new TrainerCounters().VisitState(state!);
        learner.VisitState(state!);
        state!.RequireEnd();
        return Make(folder, task, learner, manifest.EnvironmentSteps);
    }
}
