using System.Runtime.CompilerServices;

namespace HilRig.Sim.Scalars;

/// <summary>
/// Sine and cosine of lanes of doubles: the angle is brought within π/4 of a multiple of π/2 (Cody
/// and Waite, 1980: π/2 in three parts, so that the products are exact), then Taylor's series to
/// the 17th order, whose remainder is below 1e-19 there. Only fused products and sums, so the bits
/// are the same however the code is compiled. Within 1e-15 up to 100 000 rad; larger angles go lane
/// by lane.
/// </summary>
internal static class DoubleFunctions
{
    private const double LargestAngle = 1e5;
    private const double Rounder = 6755399441055744.0; // 1.5 · 2⁵²: adding it rounds
    private const double TwoOverPi = 0.63661977236758134308;

    // π/2 in parts of 33 bits.
    private const double HalfPi0 = 1.57079632673412561417e+00;
    private const double HalfPi1 = 6.07710050630396597660e-11;
    private const double HalfPi2 = 2.02226624879595063154e-21;

    /// <summary>Sine and cosine of each lane.</summary>
    public static void SinCos(D8 angle, out D8 sin, out D8 cos)
    {
        if (D8.Any(D8.Abs(angle) - D8.Of(LargestAngle)))
        {
            D8.SinCosEach(angle, out sin, out cos);
            return;
        }

        D8 turns = D8.Fma(angle, D8.Of(TwoOverPi), D8.Of(Rounder)) - D8.Of(Rounder);
        D8 rest = D8.Fnma(turns, D8.Of(HalfPi0), angle);
        rest = D8.Fnma(turns, D8.Of(HalfPi1), rest);
        rest = D8.Fnma(turns, D8.Of(HalfPi2), rest);
        D8 square = rest * rest;
        D8 s = Sine(rest, square);
        D8 c = Cosine(square);

        // Quarter turns: 0 (s, c), 1 (c, -s), 2 (-s, -c), 3 (-c, s).
        D8 quarter = D8.Fnma(D8.Of(4), D8.Floor(turns * D8.Of(0.25)), turns);
        D8 half = D8.Floor(quarter * D8.Of(0.5));
        D8 odd = D8.Fnma(D8.Of(2), half, quarter);
        D8 sinSize = D8.Where(odd, c, s);
        D8 cosSize = D8.Where(odd, -s, c);
        sin = D8.Where(half, -sinSize, sinSize);
        cos = D8.Where(half, -cosSize, cosSize);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static D8 Sine(D8 x, D8 square)
    {
        D8 sum = D8.Of(1.0 / 355687428096000);
        sum = D8.Fma(sum, square, D8.Of(-1.0 / 1307674368000));
        sum = D8.Fma(sum, square, D8.Of(1.0 / 6227020800));
        sum = D8.Fma(sum, square, D8.Of(-1.0 / 39916800));
        sum = D8.Fma(sum, square, D8.Of(1.0 / 362880));
        sum = D8.Fma(sum, square, D8.Of(-1.0 / 5040));
        sum = D8.Fma(sum, square, D8.Of(1.0 / 120));
        sum = D8.Fma(sum, square, D8.Of(-1.0 / 6));
        return D8.Fma(sum * square, x, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static D8 Cosine(D8 square)
    {
        D8 sum = D8.Of(1.0 / 20922789888000);
        sum = D8.Fma(sum, square, D8.Of(-1.0 / 87178291200));
        sum = D8.Fma(sum, square, D8.Of(1.0 / 479001600));
        sum = D8.Fma(sum, square, D8.Of(-1.0 / 3628800));
        sum = D8.Fma(sum, square, D8.Of(1.0 / 40320));
        sum = D8.Fma(sum, square, D8.Of(-1.0 / 720));
        sum = D8.Fma(sum, square, D8.Of(1.0 / 24));
        sum = D8.Fma(sum, square, D8.Of(-0.5));
        return D8.Fma(sum, square, D8.Of(1));
    }
}
