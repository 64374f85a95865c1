using HilRig.Harness.Policies;
using HilRig.Harness.Policies.RealTime;

namespace HilRig.Harness.Tests.Policies.RealTime;

internal sealed class ActingNoiseTests
{
    private const int Draws = 20_000;

    [Test]
    public void The_greedy_choice_is_the_better_value_and_the_actor_on_a_tie()
    {
        var noise = new ActingNoise(ActingMode.Greedy);
        Assert.That(noise.Chooses(0, 0.5f, 0.5f), Is.True);
        Assert.That(noise.Chooses(0, 0.5f, 0.50001f), Is.False);
    }

    /// <summary>Four standard errors of a share over the draws are 0.015.</summary>
    [TestCase(0f, 0.5)]
    [TestCase(0.1f, 0.7311)]
    [TestCase(-0.2f, 0.1192)]
    public void The_soft_choice_has_the_logistic_share(float gap, double expected)
    {
        var noise = new ActingNoise(new ActingMode(0, 10, 3, 0));
        int taken = Enumerable.Range(0, Draws).Count(step => noise.Chooses(step, 0.4f + gap, 0.4f));
        Assert.That((double)taken / Draws, Is.EqualTo(expected).Within(0.015));
    }

    [Test]
    public void Noise_has_the_mean_and_the_deviation_asked_for()
    {
        var noise = new ActingNoise(new ActingMode(0.1f, 10, 3, 0));
        double sum = 0;
        double squares = 0;
        for (int step = 0; step < Draws; step++)
        {
            float[] action = [0, 0];
            noise.Add(step, action);
            sum += action[0] + action[1];
            squares += (action[0] * action[0]) + (action[1] * action[1]);
        }

        Assert.That(sum / (2 * Draws), Is.Zero.Within(0.002));
        Assert.That(Math.Sqrt(squares / (2 * Draws)), Is.EqualTo(0.1).Within(0.002));
    }

    [Test]
    public void Noise_stays_inside_the_range_of_actions()
    {
        var noise = new ActingNoise(new ActingMode(5, 10, 3, 0));
        for (int step = 0; step < 100; step++)
        {
            float[] action = [0.9f];
            noise.Add(step, action);
            Assert.That(action[0], Is.InRange(-1 + 9e-7f, 1 - 9e-7f));
        }
    }

    [Test]
    public void Each_step_and_each_episode_has_its_own_noise_and_each_again_the_same()
    {
        float[] draws =
        [
            Draw(seed: 1, episode: 0, step: 0),
            Draw(seed: 1, episode: 0, step: 1),
            Draw(seed: 1, episode: 1, step: 0),
            Draw(seed: 2, episode: 0, step: 0),
        ];
        Assert.That(draws, Is.Unique);
        Assert.That(Draw(1, 1, 0), Is.EqualTo(draws[2]));
    }

    private static float Draw(ulong seed, ulong episode, int step)
    {
        float[] action = [0];
        new ActingNoise(new ActingMode(0.1f, 10, seed, episode)).Add(step, action);
        return action[0];
    }
}
