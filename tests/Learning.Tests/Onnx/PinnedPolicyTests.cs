using HilRig.Learning.Onnx;
using HilRig.Tasks.Policies;

namespace HilRig.Learning.Tests.Onnx;

/// <summary>
/// The small policies that the harness's tests run are what the writer writes: so neither the
/// format nor its names change unseen. HILRIG_GOLDEN=write writes them anew.
/// </summary>
public sealed class PinnedPolicyTests
{
    private static readonly SlideTask Task = new();

    [TestCase(PolicyProposals.ActorAndImitation, "hybrid", 2)]
    [TestCase(PolicyProposals.ActorOnly, "actor", 1)]
    [TestCase(PolicyProposals.ImitationOnly, "imitation", 1)]
    public void A_pinned_policy_is_what_the_writer_writes(
        PolicyProposals proposals, string name, int history)
    {
        string folder = Path.Combine(Root(), "tests/Harness.Tests/Policies/pinned", name);
        TaskPolicyFile policy = Make(proposals, history);
        if (Environment.GetEnvironmentVariable("HILRIG_GOLDEN") == "write")
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            PolicyExport.Publish(policy, folder);
        }

        TaskPolicyFile pinned = TaskPolicyFile.Load(folder);
        Assert.That(policy.Graph.ToArray(), Is.EqualTo(pinned.Graph.ToArray()));

        // The last bits of a difference are the processor's.
        TaskPolicyManifest same = pinned.Manifest with { Parity = policy.Manifest.Parity };
        Assert.That(policy.EncodeManifest(), Is.EqualTo(TaskPolicyFile.Encode(same)));
    }

    private static TaskPolicyFile Make(PolicyProposals proposals, int history)
    {
        var sizes = new PolicySizes { Width = 4, CriticCount = 2, History = history };
        HybridNetworks networks = RandomNetworks.Draw(Task.Description, proposals, sizes, seed: 5);
        var origin = new PolicyOrigin
        {
            MadeBy = "hilrig tests",
            Seed = 5,
            EnvironmentSteps = 1000,
            UpdateCount = 0,
            ConfigurationSha256 = "",
        };
        return PolicyExport.Make(
            networks, new DenseReference(networks), Task, "random", origin, []);
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "HilRig.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The repository was not found.");
    }
}
