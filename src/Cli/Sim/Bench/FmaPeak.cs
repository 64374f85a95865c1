using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using HilRig.Core.Time;

namespace HilRig.Cli.Sim.Bench;

/// <summary>
/// The most a core can do: fused multiply-adds of floats in independent chains, in the widest
/// vectors it has.
/// </summary>
internal static class FmaPeak
{
    private const int Turns = 100_000;
    private const int Chains = 10;
    private const int Runs = 20;

    /// <summary>Operations per second of processor time; an FMA is two.</summary>
    public static double Measure()
    {
        double best = 0;
        for (int run = 0; run < Runs; run++)
        {
            double begin = ThreadCpuClock.Seconds();
            float result;
            int lanes;
            if (Avx512F.IsSupported)
            {
                result = Turn512();
                lanes = 16;
            }
            else
            {
                result = Turn256();
                lanes = 8;
            }

            double seconds = ThreadCpuClock.Seconds() - begin;

            // The result is looked at, so that the chains must be computed.
            best = float.IsNaN(result) ? best : Math.Max(best, lanes / seconds);
        }

        return best * 2 * Chains * Turns;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Turn512()
    {
        Vector512<float> m = Vector512.Create(0.999f);
        Vector512<float> a = m, b = m, c = m, d = m, e = m, f = m, g = m, h = m, i = m, j = m;
        for (int turn = 0; turn < Turns; turn++)
        {
            a = Vector512.FusedMultiplyAdd(a, m, m);
            b = Vector512.FusedMultiplyAdd(b, m, m);
            c = Vector512.FusedMultiplyAdd(c, m, m);
            d = Vector512.FusedMultiplyAdd(d, m, m);
            e = Vector512.FusedMultiplyAdd(e, m, m);
            f = Vector512.FusedMultiplyAdd(f, m, m);
            g = Vector512.FusedMultiplyAdd(g, m, m);
            h = Vector512.FusedMultiplyAdd(h, m, m);
            i = Vector512.FusedMultiplyAdd(i, m, m);
            j = Vector512.FusedMultiplyAdd(j, m, m);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Turn256()
    {
        Vector256<float> m = Vector256.Create(0.999f);
        Vector256<float> a = m, b = m, c = m, d = m, e = m, f = m, g = m, h = m, i = m, j = m;
        for (int turn = 0; turn < Turns; turn++)
        {
            a = Vector256.FusedMultiplyAdd(a, m, m);
            b = Vector256.FusedMultiplyAdd(b, m, m);
            c = Vector256.FusedMultiplyAdd(c, m, m);
            d = Vector256.FusedMultiplyAdd(d, m, m);
            e = Vector256.FusedMultiplyAdd(e, m, m);
            f = Vector256.FusedMultiplyAdd(f, m, m);
            g = Vector256.FusedMultiplyAdd(g, m, m);
            h = Vector256.FusedMultiplyAdd(h, m, m);
            i = Vector256.FusedMultiplyAdd(i, m, m);
            j = Vector256.FusedMultiplyAdd(j, m, m);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j);
    }
}
