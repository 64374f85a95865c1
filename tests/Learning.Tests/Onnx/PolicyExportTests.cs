using HilRig.Core.Errors;
using HilRig.Learning.Agents;
using HilRig.Learning.Onnx;
using HilRig.Tasks.Policies;

namespace HilRig.Learning.Tests.Onnx;

public sealed class PolicyExportTests
{
    private static readonly SlideTask Task = new();
    private static readonly PolicyOrigin Origin = new()
    {
        MadeBy = "tests",
        Seed = 1,
        EnvironmentSteps = 100,
        UpdateCount = 50,
        ConfigurationSha256 = "",
    };

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("hilrig").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("Bc", PolicyProposals.ImitationOnly)]
    [TestCase("Td3", PolicyProposals.ActorOnly)]
    [TestCase("Ibrl", PolicyProposals.ActorAndImitation)]
    [TestCase("Rlpd", PolicyProposals.ActorOnly)]
    [TestCase("Rft", PolicyProposals.ActorOnly)]
    public void An_agent_of_each_algorithm_agrees_with_its_graph(
        string algorithm, PolicyProposals proposals)
    {
        using Agent agent = Create(Options(algorithm, "cpu"));
        TaskPolicyFile policy = PolicyExport.Make(agent, Task, Origin, []);
        Assert.Multiple(() =>
        {
            Assert.That(policy.Manifest.Proposals, Is.EqualTo(proposals));
            Assert.That(policy.Manifest.Parity.StateCount, Is.EqualTo(1000));
            Assert.That(policy.Manifest.Parity.LargestDifference, Is.InRange(1e-12, 1e-5));
        });
    }

    /// <summary>History of three, biases and normalisations shared as the reference has them.
    /// </summary>
    [Test]
    public void The_reference_s_networks_agree_with_their_graph()
    {
        using Agent agent = Create(Options("Ibrl", "reference") with { SelectionMargin = 0.002 });
        TaskPolicyFile policy = PolicyExport.Make(agent, Task, Origin, []);
        Assert.That(policy.Manifest.History, Is.EqualTo(3));
        Assert.That(policy.Manifest.SelectionMargin, Is.EqualTo(0.002).Within(1e-8));
    }

    /// <summary>The bootstrap's proposal alone does not make a policy hybrid.</summary>
    [Test]
    public void Without_its_proposal_the_imitation_is_left_out()
    {
        using Agent agent = Create(Options("Ibrl", "cpu") with { ActorProposal = false });
        Assert.That(
            PolicyExport.Make(agent, Task, Origin, []).Manifest.Proposals,
            Is.EqualTo(PolicyProposals.ActorOnly));
    }

    [Test]
    public void An_agent_that_changed_since_is_not_what_the_graph_says()
    {
        using Agent agent = Create(Options("Ibrl", "cpu"));
        HybridNetworks networks = AgentReading.Read(agent, Task.Description);
        agent.Networks.CriticTarget!.Values[5] += 0.05f;
        Assert.That(
            () => PolicyExport.Make(
                networks, new AgentReference(agent, Task.Description), Task, "ibrl", Origin, []),
            Throws.TypeOf<RigException>().With.Message.Contains("does not say"));
    }

    [Test]
    public void What_is_published_is_read_again_and_never_overwritten()
    {
        using Agent agent = Create(Options("Ibrl", "cpu"));
        TaskPolicyFile policy = PolicyExport.Make(agent, Task, Origin, []);
        string folder = Path.Combine(_folder, "policies", "0001");
        PolicyExport.Publish(policy, folder);
        TaskPolicyFile read = TaskPolicyFile.Load(folder);
        Assert.That(read.Graph.ToArray(), Is.EqualTo(policy.Graph.ToArray()));
        Assert.That(read.Manifest.DefaultPose[1], Is.EqualTo(new JointPosition("y", -0.1)));
        Assert.That(
            () => TaskFit.Require(read.Manifest, Task.Description, folder), Throws.Nothing);
        Assert.That(
            Directory.GetFileSystemEntries(Path.GetDirectoryName(folder)!), Has.Length.EqualTo(1));
        Assert.That(
            () => PolicyExport.Publish(policy, folder),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("never overwritten"));
    }

    [Test]
    public void What_a_killed_export_left_is_no_obstacle()
    {
        using Agent agent = Create(Options("Bc", "cpu"));
        string folder = Path.Combine(_folder, "p");
        Directory.CreateDirectory(folder + ".partial");
        File.WriteAllText(Path.Combine(folder + ".partial", "policy.json"), "{");
        PolicyExport.Publish(PolicyExport.Make(agent, Task, Origin, []), folder);
        Assert.That(() => TaskPolicyFile.Load(folder), Throws.Nothing);
    }

    [Test]
    public void A_policy_slower_than_a_tenth_of_its_period_is_refused()
    {
        using Agent agent = Create(Options("Ibrl", "cpu"));
        TaskPolicyFile policy = PolicyExport.Make(agent, Task, Origin, []);
        PolicyLatency figures = LatencyGate.Measure(policy);
        Assert.That(figures.P50Microseconds, Is.InRange(1e-3, figures.P99Microseconds));
        Assert.That(figures.BytesPerCall, Is.Zero);
        Assert.That(
            () => (figures with { P99Microseconds = 4999 }).Require(policy.Where),
            Throws.Nothing);
        Assert.That(
            () => (figures with { P99Microseconds = 5001 }).Require(policy.Where),
            Throws.TypeOf<RigException>().With.Message.Contains("5000 µs"));
    }

    private static Agent Create(AgentOptions options) => new(
        options,
        Task.Description.Observation.Count * options.History,
        Task.Description.Action.Count,
        seed: 3);

    private static AgentOptions Options(string algorithm, string preset) =>
        AgentPresets.Create(Enum.Parse<LearningAlgorithm>(algorithm), preset) with
        {
            HiddenCount = 16,
            ImitationHiddenCount = 16,
        };
}
