using HilRig.Sim.Scalars;

namespace HilRig.Sim.Tests.Gradients;

/// <summary>With every operation of a number in it, kinks and dead branches.</summary>
internal static class ProbeFunction
{
    public const int InputCount = 4;
    public const int OutputCount = 5;

    public static T[] Of<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IReal<T>
    {
        T.SinCos(x[0] * x[1], out T sine, out T cosine);
        T positive = T.Fma(x[2], x[2], T.Of(0.3));
        T folded = T.Fma(T.Of(0), x[3], T.Of(1) * x[0]) - T.Of(0);

        // The branch not taken divides by zero.
        T hidden = T.Where(T.Of(-1) * positive, x[0] / (x[1] - x[1]), sine);
        T looped = x[3];
        for (int i = 0; i < 5 && T.Any(T.Abs(looped) - T.Of(0.5)); i++)
        {
            looped = T.Fnma(T.Of(0.5), looped, x[1] * T.Of(0.1));
        }

        return
        [
            T.Pow(positive, x[1]) + (T.Sqrt(positive) * T.Exp(-cosine)),
            T.Max(x[0], x[1]) - T.Min(x[2], x[3]) + hidden,
            T.Atan2(x[0], x[1]) / (T.Of(2) + T.Abs(x[3])),
            T.Where(x[0] - x[2], x[0] * x[3], T.Log(positive)) + folded,
            looped + T.Floor(x[2]) - (T.Of(3) * T.Abs(sine)),
        ];
    }
}
