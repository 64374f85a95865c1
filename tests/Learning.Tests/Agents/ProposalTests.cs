using HilRig.Core.Episodes;
using HilRig.Core.Sampling;
using HilRig.Learning.Agents;
using HilRig.Learning.Networks;

namespace HilRig.Learning.Tests.Agents;

public sealed class ProposalTests
{
    private const int RowCount = 400;

    [TestCase(0.0f, 0.0, 0.5)]
    [TestCase(0.1f, 0.0, 0.731059)]
    [TestCase(-0.2f, 0.0, 0.119203)]
    [TestCase(0.1f, 0.1, 0.5)]
    public void The_soft_rule_takes_the_actor_as_often_as_its_sigmoid(
        float gap, double margin, double expected)
    {
        var random = new CounterRandom(5, 1);
        int taken = Enumerable.Range(0, 100_000).Count(i =>
            ProposalRule.Soft(gap, margin, 10, (float)random.Unit((ulong)i)));
        Assert.That(taken / 100_000.0, Is.EqualTo(expected).Within(0.006));
    }

    [TestCase(0.1f, 0.0, true)]
    [TestCase(0.0f, 0.0, true)]
    [TestCase(-0.001f, 0.0, false)]
    [TestCase(0.04f, 0.05, false)]
    public void The_greedy_rule_takes_the_actor_unless_it_is_worse(
        float gap, double margin, bool expected) =>
        Assert.That(ProposalRule.Greedy(gap, margin), Is.EqualTo(expected));

    [Test]
    public void Exploring_chooses_by_the_rule_and_the_values_it_reports()
    {
        using Agent agent = Make(AgentCases.Small(LearningAlgorithm.Ibrl));
        SetHeads(agent, 3);
        ActResult result = Act(agent, ActMode.Explore);
        double expected = Enumerable.Range(0, RowCount).Average(row => 1 / (1 + Math.Exp(-10
            * (result.ReinforcementValues[row] - result.ImitationValues[row]))));
        double share = result.Proposers.Count(who => who == Proposer.Reinforcement)
            / (double)RowCount;
        Assert.That(share, Is.EqualTo(expected).Within(0.08));
        Assert.That(share, Is.GreaterThan(0.02).And.LessThan(0.98));
    }

    [Test]
    public void Deployed_the_better_proposal_acts_and_chance_stands_still()
    {
        using Agent agent = Make(AgentCases.Small(LearningAlgorithm.Ibrl));
        byte[] before = AgentCases.State(agent);
        ActResult result = Act(agent, ActMode.Greedy);
        ActResult actor = Act(agent, ActMode.Actor);
        ActResult imitation = Act(agent, ActMode.Imitation);
        for (int row = 0; row < RowCount; row++)
        {
            bool better = result.ReinforcementValues[row] >= result.ImitationValues[row];
            ActResult source = better ? actor : imitation;
            int at = row * AgentCases.ActionCount;
            Assert.That(
                result.Actions[at..(at + AgentCases.ActionCount)],
                Is.EqualTo(source.Actions[at..(at + AgentCases.ActionCount)]).Within(1e-6));
        }

        Assert.That(result.Proposers, Has.Member(Proposer.Reinforcement));
        Assert.That(result.Proposers, Has.Member(Proposer.Imitation));
        Assert.That(AgentCases.State(agent), Is.EqualTo(before));
    }

    [Test]
    public void The_margin_falls_with_the_critics_updates_and_keeps_an_untaught_actor_out()
    {
        using Agent agent = Make(AgentCases.Small(LearningAlgorithm.Ibrl) with
        {
            SelectionMarginFirst = 1e3,
            SelectionMarginUpdates = 2,
        });
        Assert.That(agent.SelectionMargin, Is.EqualTo(1e3));
        Assert.That(
            Act(agent, ActMode.Greedy).Proposers, Is.All.EqualTo(Proposer.Imitation));
        AgentCases.TrainCritic(agent);
        Assert.That(
            agent.SelectionMargin,
            Is.EqualTo(1e3 * Math.Max(0, 1 - (agent.CriticUpdateCount / 2.0))));
        Assert.That(agent.SelectionMargin, Is.LessThan(1e3));
    }

    [Test]
    public void An_actor_that_is_not_trusted_is_left_out_of_greedy_action_alone()
    {
        using Agent agent = Make(AgentCases.Small(LearningAlgorithm.Ibrl) with
        {
            TrustShare = 0.5,
        });
        Assert.That(agent.TrustsActor, Is.False);
        Assert.That(
            Act(agent, ActMode.Greedy).Proposers, Is.All.EqualTo(Proposer.Imitation));
        Assert.That(
            Act(agent, ActMode.Explore).Proposers, Has.Member(Proposer.Reinforcement));
        agent.TrustsActor = true;
        Assert.That(
            Act(agent, ActMode.Greedy).Proposers, Has.Member(Proposer.Reinforcement));
    }

    [Test]
    public void Without_the_actor_proposal_only_the_actor_acts()
    {
        using Agent agent = Make(AgentCases.Small(LearningAlgorithm.Ibrl) with
        {
            ActorProposal = false,
        });
        foreach (ActMode mode in (ActMode[])[ActMode.Explore, ActMode.Greedy])
        {
            ActResult result = Act(agent, mode);
            Assert.That(result.Proposers, Is.All.EqualTo(Proposer.Reinforcement));
            Assert.That(result.ImitationValues, Is.All.NaN);
            Assert.That(result.ReinforcementValues, Is.All.Not.NaN);
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public void The_imitation_reaches_the_target_only_as_bootstrap_proposal(bool proposes)
    {
        AgentOptions options = AgentCases.Small(LearningAlgorithm.Ibrl) with
        {
            BootstrapProposal = proposes,
            ClipTargets = false,
        };
        using Agent one = Make(options);
        using Agent other = Make(options);
        other.Networks.Imitation.Values.Fill(0.3f);
        other.Networks.Imitation.Publish();
        AgentCases.TrainCritic(one);
        AgentCases.TrainCritic(other);
        bool differs = !one.Networks.Critic!.Values.SequenceEqual(other.Networks.Critic!.Values);
        Assert.That(differs, Is.EqualTo(proposes));
    }

    [Test]
    public void An_episode_explores_alike_whatever_came_before()
    {
        using Agent agent = Make(AgentCases.Small(LearningAlgorithm.Ibrl));
        agent.BeginEpisode(4);
        float[] first = Act(agent, ActMode.Explore).Actions;
        float[] later = Act(agent, ActMode.Explore).Actions;
        agent.BeginEpisode(4);
        float[] again = Act(agent, ActMode.Explore).Actions;
        Assert.That(again, Is.EqualTo(first));
        Assert.That(later, Is.Not.EqualTo(first));
    }

    [Test]
    public void Softness_rises_geometrically_to_its_last_value()
    {
        using Agent agent = Make(AgentCases.Small(LearningAlgorithm.Ibrl) with
        {
            SoftnessFirst = 10,
            SoftnessLast = 1000,
            SoftnessUpdates = 4,
        });
        var seen = new List<double> { agent.Softness };
        for (int i = 0; i < 5; i++)
        {
            AgentCases.TrainCritic(agent);
            seen.Add(agent.Softness);
        }

        double[] expected = [10, 31.6228, 100, 316.228, 1000, 1000];
        Assert.That(seen, Is.EqualTo(expected).Within(1e-3));
    }

    private static Agent Make(AgentOptions options) =>
        new(options, AgentCases.ObservationCount, AgentCases.ActionCount, seed: 2);

    /// <summary>Spreads the values, so that gaps are worth a choice.</summary>
    private static void SetHeads(Agent agent, float factor)
    {
        FlatParameters critics = agent.Networks.CriticTarget!;
        foreach (ref float weight in critics.Values)
        {
            weight *= factor;
        }

        critics.Publish();
    }

    private static ActResult Act(Agent agent, ActMode mode)
    {
        var random = new CounterRandom(8, 1);
        float[] observations = new float[RowCount * AgentCases.ObservationCount];
        for (int i = 0; i < observations.Length; i++)
        {
            observations[i] = (float)random.Symmetric((ulong)i);
        }

        var result = new ActResult(RowCount, AgentCases.ActionCount);
        agent.Act(observations, mode, result);
        return result;
    }
}
