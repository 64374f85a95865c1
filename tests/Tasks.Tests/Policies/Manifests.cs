using HilRig.Tasks.Policies;

namespace HilRig.Tasks.Tests.Policies;

/// <summary>A task of two joints and a policy that fits it.</summary>
internal static class Manifests
{
    public static TaskDescription Task { get; } = new()
    {
        Name = "Slide2",
        Summary = "Two slides.",
        ModelFile = "none.xml",
        PeriodSeconds = 0.05,
        SubstepCount = 10,
        EpisodeSteps = 60,
        Joints = ["x", "y"],
        ObjectJoints = [],
        Start = [],
        Observation =
        [
            new("joint/x/position", "m", 0, 0.1),
            new("joint/y/position", "m", 0, 0.1),
            new("joint/x/velocity", "m/s", 0, 0.5),
        ],
        Action = [new("joint/x/goal", "m", 0, 0.01), new("joint/y/goal", "m", 0, 0.01)],
        GoalLeash = [0.02, 0.02],
    };

    public static byte[] Graph { get; } = [1, 2, 3, 4];

    public static TaskPolicyManifest Hybrid { get; } = new()
    {
        Name = "ibrl on Slide2",
        Task = "Slide2",
        Algorithm = "ibrl",
        Sha256 = TaskPolicyFile.Sha256Of(Graph),
        Proposals = PolicyProposals.ActorAndImitation,
        SelectionMargin = 0,
        CriticCount = 5,
        ValueRange = new(0, 1),
        PeriodSeconds = 0.05,
        History = 1,
        Observation = Task.Observation,
        Action = Task.Action,
        DefaultPose = [new("x", 0), new("y", 0.1)],
        Origin = new()
        {
            MadeBy = "hilrig-learn",
            Seed = 1,
            EnvironmentSteps = 12_000,
            UpdateCount = 11_000,
            ConfigurationSha256 = "",
        },
        Parity = new(1000, 1e-7),
    };
}
