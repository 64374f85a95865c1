using HilRig.Core.Errors;
using HilRig.Learning.Agents;

namespace HilRig.Learning.Tests.Agents;

public sealed class UpdateStatusTests
{
    private static readonly AgentOptions Options = AgentCases.Small(LearningAlgorithm.Ibrl);

    [Test]
    public void A_return_that_is_no_number_is_named_and_changes_no_weight()
    {
        using Agent agent = Make(Options with { ClipTargets = false });
        using TransitionBatch batch = AgentCases.Batch(Options, 1);
        batch.Returns[3] = float.NaN;
        float[] before = agent.Networks.Critic!.Values.ToArray();
        Assert.That(agent.UpdateCritic(batch), Is.EqualTo(UpdateStatus.LossNotFinite));
        Assert.That(agent.Networks.Critic.Values.ToArray(), Is.EqualTo(before));
        Assert.That(agent.CriticUpdateCount, Is.Zero);
    }

    [Test]
    public void A_clipped_return_that_is_no_number_is_named_too()
    {
        using Agent agent = Make(Options);
        using TransitionBatch batch = AgentCases.Batch(Options, 1);
        batch.Returns[3] = float.NaN;
        Assert.That(agent.UpdateCritic(batch), Is.EqualTo(UpdateStatus.LossNotFinite));
    }

    [Test]
    public void An_observation_that_is_no_number_is_named_by_every_update()
    {
        using Agent agent = Make(Options);
        using TransitionBatch batch = AgentCases.Batch(Options, 1);
        batch.Observations[7] = float.NaN;
        byte[] weights = AgentCases.Weights(agent);
        Assert.That(agent.UpdateImitation(batch), Is.EqualTo(UpdateStatus.LossNotFinite));
        Assert.That(agent.UpdateCritic(batch), Is.EqualTo(UpdateStatus.LossNotFinite));
        Assert.That(agent.UpdateActor(batch), Is.EqualTo(UpdateStatus.LossNotFinite));
        Assert.That(AgentCases.Weights(agent), Is.EqualTo(weights));
    }

    [Test]
    public void Values_far_outside_the_returns_are_named()
    {
        using Agent agent = Make(Options);
        using TransitionBatch batch = AgentCases.Batch(Options, 1);
        foreach (ref float weight in agent.Networks.Critic!.Values)
        {
            weight *= 40;
        }

        agent.Networks.Critic.Publish();
        byte[] weights = AgentCases.Weights(agent);
        Assert.That(agent.UpdateCritic(batch), Is.EqualTo(UpdateStatus.ValueDiverged));
        Assert.That(AgentCases.Weights(agent), Is.EqualTo(weights));
    }

    [Test]
    public void Every_wrong_option_is_named_at_once()
    {
        AgentOptions wrong = Options with { SubsetCount = 9, Discount = 1.5, HiddenCount = 20 };
        ScenarioException? error = Assert.Throws<ScenarioException>(() => Make(wrong));
        Assert.That(error!.Message, Does.Contain("subset").And.Contain("discount")
            .And.Contain("multiple of 16"));
    }

    [Test]
    public void A_preset_that_is_not_there_is_named() =>
        Assert.That(
            () => AgentPresets.Create(LearningAlgorithm.Bc, "gpu"),
            Throws.TypeOf<ScenarioException>().With.Message.Contain("cpu, reference"));

    private static Agent Make(AgentOptions options) =>
        new(options, AgentCases.ObservationCount, AgentCases.ActionCount, seed: 2);
}
