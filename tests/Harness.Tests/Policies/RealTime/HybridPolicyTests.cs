using System.Text;
using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Core.Sampling;
using HilRig.Harness.Episodes.RealTime;
using HilRig.Harness.Policies;
using HilRig.Harness.Policies.RealTime;
using HilRig.Harness.Tests.Support;
using HilRig.Tasks.Policies;

namespace HilRig.Harness.Tests.Policies.RealTime;

internal sealed class HybridPolicyTests
{
    private const int StateCount = 400;

    [Test]
    public void Both_proposals_act_each_where_the_critics_value_it_more()
    {
        using HybridPolicy policy = Create("hybrid", SelectionSafety.None);
        float[] action = new float[2];
        int reinforced = 0;
        for (int state = 0; state < StateCount; state++)
        {
            policy.Begin();
            PolicyAnswer answer = policy.Act(State(state), action);
            bool isActor = answer.ReinforcementValue >= answer.ImitationValue;
            reinforced += isActor ? 1 : 0;
            Assert.That(answer.IsValid);
            Assert.That(answer.Flags, Is.EqualTo(StepFlags.None));
            Assert.That(
                answer.Proposer, Is.EqualTo(isActor ? Proposer.Reinforcement : Proposer.Imitation));
            Assert.That(action, Is.All.InRange(-1f, 1f));
        }

        Assert.That(reinforced, Is.InRange(20, StateCount - 20));
    }

    [Test]
    public void The_greedy_action_is_the_graph_s()
    {
        using HybridPolicy policy = Create("hybrid", SelectionSafety.None);
        using var graph = new HybridGraph(PinnedPolicies.Load("hybrid"));
        float[] action = new float[2];
        for (int state = 0; state < StateCount; state++)
        {
            policy.Begin();
            policy.Act(State(state), action);
            State(state).CopyTo(graph.Observation);
            Padding().CopyTo(graph.Observation[4..]);
            graph.Run();
            Assert.That(action, Is.EqualTo(graph.Action.ToArray()));
        }
    }

    [Test]
    public void Critics_that_disagree_give_the_imitation_the_action()
    {
        using HybridPolicy policy = Create("hybrid", new SelectionSafety { SpreadMax = 0 });
        AssertImitation(policy, StepFlags.CriticsDisagreed);
    }

    /// <summary>Random critics say values of both signs; returns are in [0, 1].</summary>
    [Test]
    public void Values_out_of_range_give_the_imitation_the_action()
    {
        using HybridPolicy policy = Create("hybrid", new SelectionSafety { ValueTolerance = 0 });
        float[] action = new float[2];
        int flagged = 0;
        for (int state = 0; state < StateCount; state++)
        {
            policy.Begin();
            PolicyAnswer answer = policy.Act(State(state), action);
            bool isOut = !(answer.ReinforcementValue is >= 0 and <= 1)
                || !(answer.ImitationValue is >= 0 and <= 1);
            flagged += isOut ? 1 : 0;
            Assert.That(
                answer.Flags, Is.EqualTo(isOut ? StepFlags.ValueOutOfRange : StepFlags.None));
            Assert.That(!isOut || answer.Proposer == Proposer.Imitation);
        }

        Assert.That(flagged, Is.GreaterThan(0));
    }

    [Test]
    public void A_cap_of_nothing_and_a_lock_of_all_make_the_actor_s_action_the_imitation_s()
    {
        using HybridPolicy capped = Create(
            "hybrid", new SelectionSafety { CapAtStart = 0, CapAtEnd = 0 });
        using HybridPolicy locked = Create(
            "hybrid",
            new SelectionSafety { LockedActions = ["joint/x/goal", "joint/y/goal"] });
        using HybridPolicy imitation = Create("hybrid", new SelectionSafety { SpreadMax = 0 });
        float[] expected = new float[2];
        float[] action = new float[2];
        for (int state = 0; state < StateCount; state++)
        {
            Act(imitation, state, expected);
            PolicyAnswer cap = Act(capped, state, action);
            Assert.That(action, Is.EqualTo(expected));
            PolicyAnswer hold = Act(locked, state, action);
            Assert.That(action, Is.EqualTo(expected));
            bool isActor = cap.Proposer == Proposer.Reinforcement;
            Assert.That(cap.Flags, Is.EqualTo(isActor ? StepFlags.Capped : StepFlags.None));
            Assert.That(hold.Flags, Is.EqualTo(isActor ? StepFlags.Locked : StepFlags.None));
        }
    }

    /// <summary>The pinned policy has learnt for 1000 steps.</summary>
    [Test]
    public void The_cap_is_that_of_the_policy_s_steps()
    {
        using HybridPolicy young = Create(
            "hybrid", new SelectionSafety { CapAtStart = 0, CapAtEnd = 2, CapSteps = 1_000_000 });
        using HybridPolicy old = Create(
            "hybrid", new SelectionSafety { CapAtStart = 0, CapAtEnd = 2, CapSteps = 1000 });
        int state = FirstOfActor(old);
        float[] action = new float[2];
        Assert.That(Act(young, state, action).Flags, Is.EqualTo(StepFlags.Capped));
        Assert.That(Act(old, state, action).Flags, Is.EqualTo(StepFlags.None));
    }

    [Test]
    public void Exploring_adds_noise_to_the_actor_only_and_repeats_by_seed_and_episode()
    {
        using HybridPolicy policy = Create("hybrid", SelectionSafety.None);
        int state = FirstOfActor(policy);
        float[] greedy = new float[2];
        float[] noisy = new float[2];
        float[] again = new float[2];
        Act(policy, state, greedy);
        policy.Mode = new ActingMode(0.1f, float.PositiveInfinity, 1, 7);
        Act(policy, state, noisy);
        Act(policy, state, again);
        Assert.That(noisy, Is.Not.EqualTo(greedy));
        Assert.That(again, Is.EqualTo(noisy));
        policy.Mode = policy.Mode with { Episode = 8 };
        Act(policy, state, again);
        Assert.That(again, Is.Not.EqualTo(noisy));
    }

    [Test]
    public void Older_observations_count_and_are_forgotten_at_the_next_episode()
    {
        using HybridPolicy policy = Create("hybrid", SelectionSafety.None);
        int state = FirstOfActor(policy);
        float[] first = new float[2];
        float[] second = new float[2];
        float[] again = new float[2];
        Act(policy, state, first);
        policy.Act(State(state), second);
        Act(policy, state, again);
        Assert.That(second, Is.Not.EqualTo(first));
        Assert.That(again, Is.EqualTo(first));
    }

    [Test]
    public void An_actor_alone_and_an_imitation_alone_say_so_and_have_no_other_value()
    {
        using HybridPolicy actor = Create("actor", SelectionSafety.None);
        using HybridPolicy imitation = Create("imitation", new SelectionSafety { SpreadMax = 0 });
        float[] action = new float[2];
        PolicyAnswer acted = Act(actor, 0, action);
        PolicyAnswer imitated = Act(imitation, 0, action);
        Assert.Multiple(() =>
        {
            Assert.That(acted.Proposer, Is.EqualTo(Proposer.Reinforcement));
            Assert.That(float.IsFinite(acted.ReinforcementValue));
            Assert.That(acted.ImitationValue, Is.NaN);
            Assert.That(imitated, Is.EqualTo(new PolicyAnswer(true, Proposer.Imitation)));
        });
    }

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void An_observation_that_is_no_number_gives_no_action(float wrong)
    {
        using HybridPolicy policy = Create("hybrid", SelectionSafety.None);
        float[] observation = State(0);
        observation[2] = wrong;
        Assert.That(policy.Act(observation, new float[2]).IsValid, Is.False);
    }

    [Test]
    public void An_observation_or_action_of_another_size_gives_no_action()
    {
        using HybridPolicy policy = Create("hybrid", SelectionSafety.None);
        Assert.That(policy.Act(new float[3], new float[2]).IsValid, Is.False);
        Assert.That(policy.Act(new float[4], new float[3]).IsValid, Is.False);
    }

    [Test]
    public void A_call_allocates_nothing()
    {
        using HybridPolicy policy = Create(
            "hybrid", new SelectionSafety { CapAtStart = 0.1, CapAtEnd = 0.1, SpreadMax = 1 });
        policy.Mode = new ActingMode(0.1f, 10, 1, 0);
        float[] observation = State(1);
        float[] action = new float[2];
        for (int i = 0; i < 200; i++)
        {
            policy.Act(observation, action);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int episode = 0; episode < 10; episode++)
        {
            policy.Begin();
            for (int i = 0; i < 100; i++)
            {
                policy.Act(observation, action);
            }
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void A_task_that_the_policy_does_not_fit_is_refused() =>
        Assert.That(
            () => HybridPolicy.Create(
                PinnedPolicies.Load("hybrid"),
                PinnedPolicies.Task with { PeriodSeconds = 0.1 },
                SelectionSafety.None),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("period"));

    [Test]
    public void A_graph_of_another_shape_is_refused_by_the_name_of_its_tensor()
    {
        byte[] graph = File.ReadAllBytes(
            Repository.File("scenarios/so101/policies/hold.onnx"));
        Assert.That(
            () => HybridPolicy.Create(With(graph), PinnedPolicies.Task, SelectionSafety.None),
            Throws.TypeOf<ScenarioException>()
                .With.Message.Contains("not that of a task's policy"));
    }

    [Test]
    public void A_file_that_is_no_graph_is_refused() =>
        Assert.That(
            () => HybridPolicy.Create(
                With(Encoding.UTF8.GetBytes("no graph")),
                PinnedPolicies.Task,
                SelectionSafety.None),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("cannot be loaded"));

    [Test]
    public void The_two_kinds_of_policies_refuse_each_other_by_name()
    {
        Assert.That(
            () => TaskPolicyFile.Load(Repository.File("scenarios/so101/policies/hold.json")),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("a policy of a scenario"));
        Assert.That(
            () => PolicyManifest.Load(
                Path.Combine(PinnedPolicies.Folder("hybrid"), "policy.json")),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("a policy of a task"));
    }

    private static void AssertImitation(HybridPolicy policy, StepFlags flags)
    {
        float[] action = new float[2];
        for (int state = 0; state < StateCount; state++)
        {
            PolicyAnswer answer = Act(policy, state, action);
            Assert.That(answer.Proposer, Is.EqualTo(Proposer.Imitation));
            Assert.That(answer.Flags, Is.EqualTo(flags));
        }
    }

    private static int FirstOfActor(HybridPolicy policy)
    {
        float[] action = new float[2];
        return Enumerable.Range(0, StateCount).First(
            state => Act(policy, state, action).Proposer == Proposer.Reinforcement);
    }

    private static PolicyAnswer Act(HybridPolicy policy, int state, float[] action)
    {
        policy.Begin();
        return policy.Act(State(state), action);
    }

    private static HybridPolicy Create(string name, SelectionSafety safety) =>
        HybridPolicy.Create(PinnedPolicies.Load(name), PinnedPolicies.Task, safety);

    private static TaskPolicyFile With(byte[] graph)
    {
        TaskPolicyManifest manifest = PinnedPolicies.Load("hybrid").Manifest with
        {
            Sha256 = TaskPolicyFile.Sha256Of(graph),
        };
        return TaskPolicyFile.Decode(TaskPolicyFile.Encode(manifest), graph, "here");
    }

    private static float[] State(int index)
    {
        var random = new CounterRandom(11, (ulong)index);
        return
        [
            .. PinnedPolicies.Task.Observation.Select((channel, i) => (float)(
                channel.Offset + (2 * channel.Scale * random.Symmetric((ulong)i)))),
        ];
    }

    private static float[] Padding() =>
        [.. PinnedPolicies.Task.Observation.Select(channel => (float)channel.Offset)];
}
