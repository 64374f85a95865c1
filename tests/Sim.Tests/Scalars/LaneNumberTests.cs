using System.Runtime.CompilerServices;
using HilRig.Core.Sampling;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Tests.Scalars;

/// <summary>Every number with lanes: operations lane by lane, and NaN never lost.</summary>
[TestFixture(typeof(F64), typeof(double))]
[TestFixture(typeof(F32), typeof(float))]
[TestFixture(typeof(L4), typeof(float))]
[TestFixture(typeof(L8), typeof(float))]
[TestFixture(typeof(L16), typeof(float))]
[TestFixture(typeof(D8), typeof(double))]
internal sealed class LaneNumberTests<T, TElement>
    where T : unmanaged, ILanes<T, TElement>
    where TElement : unmanaged, System.Numerics.IFloatingPointIeee754<TElement>
{
    [Test]
    public void It_is_as_long_as_its_lanes() =>
        Assert.That(Unsafe.SizeOf<T>(), Is.EqualTo(T.LaneCount * Unsafe.SizeOf<TElement>()));

    [Test]
    public void A_condition_chooses_lane_by_lane()
    {
        T x = Lanes(lane => (lane % 3) - 1);
        Assert.That(
            Values(T.Where(x, T.Of(5), T.Of(7))),
            Is.EqualTo(Expected(lane => (lane % 3) - 1 > 0 ? 5 : 7)));
        Assert.That(Values(T.Where(T.Of(double.NaN), T.Of(5), T.Of(7))), Is.All.EqualTo(7));
    }

    [Test]
    public void Any_sees_the_one_lane_above_zero()
    {
        Assert.That(T.Any(T.Of(0)), Is.False);
        Assert.That(T.Any(T.Of(-1)), Is.False);
        Assert.That(T.Any(T.Of(double.NaN)), Is.False);
        for (int lane = 0; lane < T.LaneCount; lane++)
        {
            Assert.That(T.Any(T.Insert(T.Of(-1), T.Of(1), lane)), Is.True);
        }
    }

    [Test]
    public void A_lane_can_be_spread_and_replaced()
    {
        T x = Lanes(lane => lane + 1);
        for (int changed = 0; changed < T.LaneCount; changed++)
        {
            int at = changed;
            Assert.That(Values(T.Broadcast(x, at)), Is.All.EqualTo(at + 1));
            Assert.That(
                Values(T.Insert(x, T.Of(-4), at)),
                Is.EqualTo(Expected(lane => lane == at ? -4 : lane + 1)));
        }

        Assert.That(T.ToInt(Lanes(lane => 2.75 + lane)), Is.EqualTo(2));
        Assert.That(Values(T.Splat(TElement.CreateChecked(0.5))), Is.All.EqualTo(0.5));
    }

    [Test]
    public void Larger_and_smaller_are_NaN_when_either_is()
    {
        T nan = T.Of(double.NaN);
        foreach (double other in (double[])[1, -1, double.PositiveInfinity, 0])
        {
            Assert.That(Values(T.Max(nan, T.Of(other))), Is.All.NaN);
            Assert.That(Values(T.Max(T.Of(other), nan)), Is.All.NaN);
            Assert.That(Values(T.Min(nan, T.Of(other))), Is.All.NaN);
            Assert.That(Values(T.Min(T.Of(other), nan)), Is.All.NaN);
        }

        T x = Lanes(lane => (lane % 5) - 2);
        Assert.That(
            Values(T.Max(x, T.Of(0.5))),
            Is.EqualTo(Expected(lane => Math.Max((lane % 5) - 2, 0.5))));
        Assert.That(
            Values(T.Min(x, T.Of(0.5))),
            Is.EqualTo(Expected(lane => Math.Min((lane % 5) - 2, 0.5))));
    }

    [Test]
    public void Finite_is_neither_infinite_nor_NaN()
    {
        Assert.That(Values(T.IsFinite(T.Of(3e38))), Is.All.EqualTo(1));
        Assert.That(Values(T.IsFinite(T.Of(-3e38))), Is.All.EqualTo(1));
        Assert.That(Values(T.IsFinite(T.Of(double.NaN))), Is.All.EqualTo(0));
        Assert.That(Values(T.IsFinite(T.Of(double.PositiveInfinity))), Is.All.EqualTo(0));
        Assert.That(Values(T.IsFinite(T.Of(double.NegativeInfinity))), Is.All.EqualTo(0));
    }

    [Test]
    public void Functions_pass_NaN_on()
    {
        T nan = T.Of(double.NaN);
        T one = T.Of(1);
        T.SinCos(nan, out T sin, out T cos);
        T[] results =
        [
            sin, cos, T.Exp(nan), T.Log(nan), T.Pow(nan, one), T.Pow(one + one, nan),
            T.Atan2(nan, one), T.Atan2(one, nan), T.Sqrt(nan), T.Abs(nan), T.Floor(nan), -nan,
            T.Fma(nan, one, one), T.Fnma(one, one, nan),
        ];
        Assert.That(results.SelectMany(Values), Is.All.NaN);
    }

    [Test]
    public void Arithmetic_is_right_lane_by_lane()
    {
        var random = new CounterRandom(11, 0);
        double[] a = [.. Enumerable.Range(0, T.LaneCount).Select(i => Round(random, i))];
        double[] b = [.. Enumerable.Range(100, T.LaneCount).Select(i => Round(random, i))];
        double[] c = [.. Enumerable.Range(200, T.LaneCount).Select(i => Round(random, i))];
        T x = Lanes(lane => a[lane]);
        T y = Lanes(lane => b[lane]);
        T z = Lanes(lane => c[lane]);

        // Small multiples of 1/8: every result but the quotient is exact.
        Assert.That(Values(x + y), Is.EqualTo(Expected(i => a[i] + b[i])));
        Assert.That(Values(x - y), Is.EqualTo(Expected(i => a[i] - b[i])));
        Assert.That(Values(-x), Is.EqualTo(Expected(i => -a[i])));
        Assert.That(Values(x * y), Is.EqualTo(Expected(i => a[i] * b[i])));
        Assert.That(Values(T.Fma(x, y, z)), Is.EqualTo(Expected(i => (a[i] * b[i]) + c[i])));
        Assert.That(Values(T.Fnma(x, y, z)), Is.EqualTo(Expected(i => c[i] - (a[i] * b[i]))));
        Assert.That(Values(T.Floor(x)), Is.EqualTo(Expected(i => Math.Floor(a[i]))));
        Assert.That(Values(T.Abs(x)), Is.EqualTo(Expected(i => Math.Abs(a[i]))));
        Assert.That(Values(T.Sqrt(x * x)), Is.EqualTo(Expected(i => Math.Abs(a[i]))));
        Assert.That(
            Values(x / y), Is.EqualTo(Expected(i => a[i] / b[i])).Within(1e-5).Percent);
    }

    private static double Round(CounterRandom random, int index) =>
        (Math.Floor(random.Symmetric((ulong)index) * 100) + 0.5) / 4;

    private static T Lanes(Func<int, double> value)
    {
        T result = T.Of(double.NaN);
        for (int lane = 0; lane < T.LaneCount; lane++)
        {
            result = T.Insert(result, T.Of(value(lane)), lane);
        }

        return result;
    }

    private static double[] Expected(Func<int, double> value) =>
        [.. Enumerable.Range(0, T.LaneCount).Select(value)];

    private static unsafe double[] Values(T x)
    {
        double[] values = new double[T.LaneCount];
        for (int lane = 0; lane < values.Length; lane++)
        {
            values[lane] = double.CreateChecked(((TElement*)&x)[lane]);
        }

        return values;
    }
}
