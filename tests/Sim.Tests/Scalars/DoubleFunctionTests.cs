using HilRig.Sim.Scalars;

namespace HilRig.Sim.Tests.Scalars;

/// <summary>Sine and cosine of lanes of doubles against the runtime's scalar ones.</summary>
internal sealed class DoubleFunctionTests
{
    private const double Accuracy = 1e-15;

    [TestCase(1.0)]
    [TestCase(100.0)]
    [TestCase(99_999.0)]
    [TestCase(1e9)]
    public unsafe void Sine_and_cosine_are_within_1e_15(double range)
    {
        var random = new Random(5);
        double worst = 0;
        for (int i = 0; i < 2000; i++)
        {
            double angle = range * ((2 * random.NextDouble()) - 1);
            D8 lanes = D8.Insert(D8.Of(0.5), D8.Of(angle), 3);
            D8.SinCos(lanes, out D8 sine, out D8 cosine);
            worst = Math.Max(worst, Math.Abs(((double*)&sine)[3] - Math.Sin(angle)));
            worst = Math.Max(worst, Math.Abs(((double*)&cosine)[3] - Math.Cos(angle)));
        }

        TestContext.Out.WriteLine($"up to {range:g3} rad: {worst:e2}");
        Assert.That(worst, Is.LessThan(Accuracy));
    }
}
