using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Core.Files;
using HilRig.Learning.Agents;
using HilRig.Tasks;
using HilRig.Tasks.Policies;

namespace HilRig.Learning.Onnx;

/// <summary>
/// Makes a policy's file of networks, compares the two, and publishes what agrees.
/// </summary>
internal static class PolicyExport
{
    /// <summary>Program and version that manifests name.</summary>
    public static string Program { get; } =
        "hilrig-learn " + typeof(PolicyExport).Assembly.GetName().Version!.ToString(3);

    /// <summary>Makes the policy of an agent.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="task">The task that it learns.</param>
    /// <param name="origin">How it came to be.</param>
    /// <param name="episodes">Episodes to compare over; may be none.</param>
    /// <exception cref="RigException">The graph differs from the networks.</exception>
    public static TaskPolicyFile Make(
        Agent agent, IRobotTask task, PolicyOrigin origin, IReadOnlyList<Episode> episodes) =>
        Make(
            AgentReading.Read(agent, task.Description),
            new AgentReference(agent, task.Description),
            task,
            Name(agent.Options.Algorithm),
            origin,
            episodes);

    /// <summary>Makes the policy of networks.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="reference">What they say.</param>
    /// <param name="task">The task.</param>
    /// <param name="algorithm">Algorithm that made them.</param>
    /// <param name="origin">How they came to be.</param>
    /// <param name="episodes">Episodes to compare over; may be none.</param>
    /// <exception cref="RigException">The graph differs from the networks.</exception>
    public static TaskPolicyFile Make(
        HybridNetworks networks,
        IPolicyReference reference,
        IRobotTask task,
        string algorithm,
        PolicyOrigin origin,
        IReadOnlyList<Episode> episodes)
    {
        TaskDescription description = task.Description;
        string name = $"{algorithm} on {description.Name}, " + FormattableString.Invariant(
            $"seed {origin.Seed}, {origin.EnvironmentSteps} steps");
        byte[] graph = HybridGraph.Write(networks, name);
        float[] states = ParityStates.Draw(description, networks.History, episodes);
        PolicyParity parity = ParityGate.Require(
            graph, reference, states, ParityGate.StateCount, networks);
        bool hasCritics = networks.Critics.Count > 0;
        var manifest = new TaskPolicyManifest
        {
            Name = name,
            Task = description.Name,
            Algorithm = algorithm,
            Sha256 = TaskPolicyFile.Sha256Of(graph),
            Proposals = networks.Proposals,
            SelectionMargin = networks.SelectionMargin,
            CriticCount = networks.Critics.Count,
            ValueRange = hasCritics ? new PolicyValueRange(0, 1) : null,
            PeriodSeconds = description.PeriodSeconds,
            History = networks.History,
            Observation = description.Observation,
            Action = description.Action,
            DefaultPose = PoseOf(task),
            Origin = origin,
            Parity = parity,
        };
        return TaskPolicyFile.Decode(TaskPolicyFile.Encode(manifest), graph, name);
    }

    /// <summary>
    /// Writes a policy into a folder of its own, which has its name only once it is whole.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <param name="folder">The folder; must not exist.</param>
    /// <exception cref="RigException">There is something of that name.</exception>
    public static void Publish(TaskPolicyFile policy, string folder)
    {
        string target = Path.GetFullPath(folder);
        if (Path.Exists(target))
        {
            throw new ScenarioException(
                "A policy is never overwritten", folder, "no such folder", "one that exists",
                "another --out");
        }

        string partial = target + ".partial";
        if (Directory.Exists(partial))
        {
            Directory.Delete(partial, recursive: true);
        }

        Directory.CreateDirectory(partial);
        byte[] manifest = policy.EncodeManifest();
        Durable.Write(
            Path.Combine(partial, TaskPolicyFile.GraphName),
            stream => stream.Write(policy.Graph.Span));
        Durable.Write(
            Path.Combine(partial, TaskPolicyFile.ManifestName), stream => stream.Write(manifest));
        Directory.Move(partial, target);
        Durable.SynchroniseFolder(Path.GetDirectoryName(target)!);
    }

    /// <summary>An algorithm as manifests and commands write it.</summary>
    /// <param name="algorithm">The algorithm.</param>
    public static string Name(LearningAlgorithm algorithm) => algorithm switch
    {
        LearningAlgorithm.Bc => "bc",
        LearningAlgorithm.Td3 => "td3",
        LearningAlgorithm.Ibrl => "ibrl",
        LearningAlgorithm.Rlpd => "rlpd",
        LearningAlgorithm.Rft => "rft",
    };

    /// <summary>Where the robot is at the middle of all starts.</summary>
    private static JointPosition[] PoseOf(IRobotTask task)
    {
        TaskDescription description = task.Description;
        double[] start = [.. description.Start.Select(channel => channel.Offset)];
        double[] position = new double[description.Joints.Count];
        task.Place(start, position, new double[description.ObjectJoints.Count]);
        return [.. description.Joints.Select((joint, i) => new JointPosition(joint, position[i]))];
    }
}
