using System.Text.Json.Nodes;
using HilRig.Bridge.Learner;
using HilRig.Core.Errors;
using HilRig.Harness.Policies;
using HilRig.Rig.Learning;
using HilRig.Tasks;
using HilRig.Tasks.Policies;

namespace HilRig.Rig.Tests.Learning;

internal sealed class PolicyShelfTests
{
    private const string Pinned = "tests/Harness.Tests/Policies/pinned/hybrid";
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("hilrig-shelf").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_policy_that_answers_too_slowly_is_refused_by_name_and_the_one_before_stays()
    {
        // The same graph, for a period that no computer keeps.
        LearnerPolicy good = Policy(1, period: 0.05);
        using (PolicyShelf shelf = Shelf(0.05))
        {
            Assert.That(shelf.TryAdd(good), Is.Null);
            Assert.That(shelf.Newest, Is.EqualTo(1));
        }

        using PolicyShelf fast = Shelf(1e-7);
        RigException? fault = fast.TryAdd(Policy(2, period: 1e-7));
        Assert.That(fault?.Message, Does.Contain("too slowly").And.Contain("policy 2"));
        AssertOnlyFirstStays(fast);
        Assert.That(
            File.ReadAllText(Path.Combine(_folder, "0002.refused")), Does.Contain("too slowly"));
    }

    [Test]
    public void A_policy_that_is_cut_off_or_of_another_task_is_refused_and_not_fetched_again()
    {
        using (PolicyShelf shelf = Shelf(0.05))
        {
            Assert.That(shelf.TryAdd(Policy(1, 0.05)), Is.Null);
            LearnerPolicy whole = Policy(2, 0.05);
            Assert.That(
                shelf.TryAdd(whole with { Onnx = whole.Onnx[..^9] })?.Message,
                Does.Contain("not the one that its manifest describes"));
            AssertOnlyFirstStays(shelf);
        }

        using PolicyShelf again = Shelf(0.05);
        AssertOnlyFirstStays(again);
        Assert.That(again.TryAdd(Policy(3, 0.04)), Is.Not.Null);
        Assert.That((again.Newest, again.RefusedCount), Is.EqualTo((1, 2)));
    }

    [Test]
    public void The_latency_of_a_policy_that_is_to_be_deployed_is_measured_where_it_acts()
    {
        using PolicyShelf shelf = Shelf(0.05);
        shelf.TryAdd(Policy(1, 0.05));
        PolicyLatency latency = shelf.Measure(1);
        Assert.That(latency.BudgetMicroseconds, Is.EqualTo(5_000).Within(1e-9));
        Assert.That(latency.P99Microseconds, Is.GreaterThanOrEqualTo(latency.P50Microseconds));
        Assert.That(latency.P50Microseconds, Is.GreaterThan(0));
    }

    private static void AssertOnlyFirstStays(PolicyShelf shelf) => Assert.That(
        (shelf.Newest, shelf.NewestSeen, shelf.RefusedCount), Is.EqualTo((1, 2, 1)));

    private PolicyShelf Shelf(double period) => new(_folder, Task(period), SelectionSafety.None);

    private static LearnerPolicy Policy(long sequence, double period)
    {
        string folder = Repository.File(Pinned);
        JsonNode manifest = JsonNode.Parse(
            File.ReadAllText(Path.Combine(folder, TaskPolicyFile.ManifestName)))!;
        manifest["periodSeconds"] = period;
        return new LearnerPolicy(
            sequence,
            "pinned",
            0,
            File.ReadAllBytes(Path.Combine(folder, TaskPolicyFile.GraphName)),
            System.Text.Encoding.UTF8.GetBytes(manifest.ToJsonString()));
    }

    private static TaskDescription Task(double period)
    {
        TaskPolicyManifest manifest = TaskPolicyFile.Load(Repository.File(Pinned)).Manifest;
        return new TaskDescription
        {
            Name = manifest.Task,
            Summary = "",
            ModelFile = "none.xml",
            PeriodSeconds = period,
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
}
