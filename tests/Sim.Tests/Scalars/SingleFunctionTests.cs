using HilRig.Core.Sampling;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Tests.Scalars;

/// <summary>
/// Elementary functions of floats against double, at the accuracy their docs state, and the same
/// bits for every number of lanes.
/// </summary>
internal sealed class SingleFunctionTests
{
    private const int SampleCount = 200_000;

    [Test]
    public void Sine_and_cosine_are_as_accurate_as_stated()
    {
        double worst = Worst(
            i => Sample(i, -8000, 8000),
            x =>
            {
                F32.SinCos(F32.Splat(x), out F32 sin, out F32 cos);
                return Math.Max(
                    Math.Abs(Value(sin) - Math.Sin(x)), Math.Abs(Value(cos) - Math.Cos(x)));
            });
        Report("sin, cos", worst, 1e-7);
        double near = Worst(
            i => Sample(i, -4, 4),
            x =>
            {
                F32.SinCos(F32.Splat(x), out F32 sin, out _);
                return Math.Abs(Value(sin) - Math.Sin(x)) / Math.Abs(Math.Sin(x) + 1e-12);
            });
        Report("sin, relative", near, 1.3e-7);
        double far = Worst(
            i => Sample(i, -1e6f, 1e6f),
            x =>
            {
                F32.SinCos(F32.Splat(x), out F32 sin, out F32 cos);
                return Math.Max(Math.Abs(Value(sin)), Math.Abs(Value(cos)));
            });
        Report("sin, cos up to 1e6 rad, size", far, 1.2);
    }

    [Test]
    public void The_exponential_is_as_accurate_as_stated()
    {
        double worst = Worst(
            i => Sample(i, -87, 88.5f),
            x => Math.Abs((Value(F32.Exp(F32.Splat(x))) / Math.Exp(x)) - 1));
        Report("exp", worst, 2e-7);
        Assert.That(Value(F32.Exp(F32.Splat(89))), Is.EqualTo(double.PositiveInfinity));
        Assert.That(Value(F32.Exp(F32.Splat(-200))), Is.EqualTo(0));
        Assert.That(Value(F32.Exp(F32.Splat(0))), Is.EqualTo(1));
    }

    [Test]
    public void The_logarithm_is_as_accurate_as_stated()
    {
        double worst = Worst(
            i => MathF.Exp(Sample(i, -87, 88)),
            x =>
            {
                double error = Math.Abs(Value(F32.Log(F32.Splat(x))) - Math.Log(x));
                return Math.Min(error / Math.Abs(Math.Log(x)) / 2e-7, error / 6e-8);
            });
        Report("log, as a share of what is stated", worst, 1);
    }

    [Test]
    public void A_power_is_as_accurate_as_stated()
    {
        double worst = 0;
        for (int i = 0; i < SampleCount; i++)
        {
            float a = MathF.Exp(Sample(2 * i, -9, 3));
            float b = Sample((2 * i) + 1, -6, 6);
            double power = Value(F32.Pow(F32.Splat(a), F32.Splat(b)));
            worst = Math.Max(
                worst, Math.Abs((power / Math.Pow(a, b)) - 1) / (1 + Math.Abs(b)));
        }

        Report("pow / (1 + |b|)", worst, 2e-7);
        Assert.That(Value(F32.Pow(F32.Of(0), F32.Of(2))), Is.EqualTo(0));
        Assert.That(Value(F32.Pow(F32.Of(0), F32.Of(0))), Is.EqualTo(1));
        Assert.That(Value(F32.Pow(F32.Of(0.5), F32.Of(1000))), Is.EqualTo(0));
        Assert.That(
            Value(F32.Pow(F32.Of(2), F32.Of(1000))), Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void The_angle_of_a_point_is_as_accurate_as_stated()
    {
        double worst = 0;
        for (int i = 0; i < SampleCount; i++)
        {
            float y = Sample(2 * i, -3, 3);
            float x = Sample((2 * i) + 1, -3, 3);
            double angle = Value(F32.Atan2(F32.Splat(y), F32.Splat(x)));
            worst = Math.Max(worst, Math.Abs(angle - Math.Atan2(y, x)));
        }

        Report("atan2", worst, 4e-7);
        (float Y, float X, double Angle)[] axes =
            [(0, 0, 0), (0, 1, 0), (1, 0, Math.PI / 2), (0, -1, Math.PI), (-1, 0, -Math.PI / 2)];
        foreach ((float y, float x, double angle) in axes)
        {
            Assert.That(
                Value(F32.Atan2(F32.Splat(y), F32.Splat(x))), Is.EqualTo(angle).Within(2e-7));
        }
    }

    [Test]
    public void Every_number_of_lanes_gives_the_same_bits()
    {
        Assert.That(Results<L4>(), Is.EqualTo(Results<F32>()));
        Assert.That(Results<L8>(), Is.EqualTo(Results<F32>()));
        Assert.That(Results<L16>(), Is.EqualTo(Results<F32>()));
    }

    private static unsafe int[] Results<T>()
        where T : unmanaged, ISingle<T>, ILanes<T, float>
    {
        const int Count = 4096;
        int[] bits = new int[7 * Count];
        for (int first = 0; first < Count; first += T.LaneCount)
        {
            T a = T.Of(double.NaN);
            T b = a;
            for (int lane = 0; lane < T.LaneCount; lane++)
            {
                a = T.Insert(a, T.Splat(Sample(first + lane, -40, 40)), lane);
                b = T.Insert(b, T.Splat(Sample(first + lane + Count, -3, 3)), lane);
            }

            T.SinCos(a, out T sin, out T cos);
            T[] results =
            [
                sin, cos, T.Exp(a), T.Log(T.Abs(a)), T.Pow(T.Abs(a), b), T.Atan2(a, b), a / b,
            ];
            for (int k = 0; k < results.Length; k++)
            {
                T result = results[k];
                for (int lane = 0; lane < T.LaneCount; lane++)
                {
                    bits[(k * Count) + first + lane] = ((int*)&result)[lane];
                }
            }
        }

        return bits;
    }

    private static double Worst(Func<int, float> sample, Func<float, double> error)
    {
        double worst = 0;
        for (int i = 0; i < SampleCount; i++)
        {
            worst = Math.Max(worst, error(sample(i)));
        }

        return worst;
    }

    private static float Sample(int index, float low, float high) =>
        low + ((high - low) * (float)new CounterRandom(7, 0).Unit((ulong)index));

    private static unsafe double Value(F32 x) => *(float*)&x;

    private static void Report(string what, double worst, double allowed)
    {
        TestContext.Out.WriteLine($"{what}: {worst:G3}, allowed {allowed:G3}");
        Assert.That(worst, Is.GreaterThan(0).And.LessThanOrEqualTo(allowed), what);
    }
}
