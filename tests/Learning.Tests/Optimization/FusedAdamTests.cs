using System.Runtime.InteropServices;
using HilRig.Core.Sampling;
using HilRig.Learning.Optimization;
using TorchSharp;

namespace HilRig.Learning.Tests.Optimization;

public sealed class FusedAdamTests
{
    private const int Count = 1003;

    [Test]
    public void Fifty_steps_are_those_of_torch()
    {
        var random = new CounterRandom(3, 1);
        float[] weights = [.. Enumerable.Range(0, Count).Select(i => Draw(random, i))];
        float[] target = new float[Count];
        float[] targetOfTorch = new float[Count];
        using var parameter = new TorchSharp.Modules.Parameter(torch.tensor(weights));
        using var torchAdam = torch.optim.Adam([parameter], lr: 3e-4);
        var adam = new FusedAdam(Count, 3e-4);
        for (int step = 0; step < 50; step++)
        {
            float[] gradient =
                [.. Enumerable.Range(0, Count).Select(i => Draw(random, (step * 2000) + i))];
            parameter.grad = torch.tensor(gradient);
            torchAdam.step();
            adam.Step(weights, gradient, 1, target, 0.01f);
            Span<float> moved = MemoryMarshal.Cast<byte, float>(parameter.bytes);
            for (int i = 0; i < Count; i++)
            {
                targetOfTorch[i] += 0.01f * (moved[i] - targetOfTorch[i]);
            }
        }

        AssertNear(weights, MemoryMarshal.Cast<byte, float>(parameter.bytes));
        AssertNear(target, targetOfTorch);
    }

    [Test]
    public void The_factor_scales_the_gradient()
    {
        float[] one = new float[Count];
        float[] other = new float[Count];
        float[] gradient = [.. Enumerable.Range(0, Count).Select(i => i + 1f)];
        float[] half = [.. gradient.Select(value => value / 2)];
        new FusedAdam(Count, 1e-3).Step(one, gradient, 0.5f, [], 0);
        new FusedAdam(Count, 1e-3).Step(other, half, 1, [], 0);
        Assert.That(one, Is.EqualTo(other));
    }

    [TestCase(3f, 1.0, 0.333333f)]
    [TestCase(0.5f, 1.0, 1f)]
    [TestCase(3f, double.PositiveInfinity, 1f)]
    public void A_long_gradient_is_cut_to_its_limit(float norm, double limit, float scale) =>
        Assert.That(GradientNorm.Scale(norm, limit), Is.EqualTo(scale).Within(1e-5));

    private static float Draw(CounterRandom random, int i) => (float)random.Symmetric((ulong)i);

    private static void AssertNear(ReadOnlySpan<float> found, ReadOnlySpan<float> expected)
    {
        float worst = 0;
        for (int i = 0; i < found.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(found[i] - expected[i]));
        }

        Assert.That(worst, Is.LessThan(5e-7));
    }
}
