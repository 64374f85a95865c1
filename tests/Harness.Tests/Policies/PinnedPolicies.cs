using HilRig.Harness.Tests.Support;
using HilRig.Tasks;
using HilRig.Tasks.Policies;

namespace HilRig.Harness.Tests.Policies;

/// <summary>Small policies of random weights that the learner's tests hold to its writer.</summary>
internal static class PinnedPolicies
{
    /// <summary>The task that they are of.</summary>
    public static TaskDescription Task { get; } = Describe(Load("hybrid").Manifest);

    public static TaskPolicyFile Load(string name) => TaskPolicyFile.Load(Folder(name));

    public static string Folder(string name) =>
        Repository.File(Path.Combine("tests/Harness.Tests/Policies/pinned", name));

    private static TaskDescription Describe(TaskPolicyManifest manifest) => new()
    {
        Name = manifest.Task,
        Summary = "",
        ModelFile = "none.xml",
        PeriodSeconds = manifest.PeriodSeconds,
        SubstepCount = 1,
        EpisodeSteps = 60,
        Joints = [.. manifest.DefaultPose.Select(pose => pose.Joint)],
        ObjectJoints = [],
        Start = [],
        Observation = manifest.Observation,
        Action = manifest.Action,
        GoalLeash = [1, 1],
    };
}
