using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// The separating axis test of two boxes: three faces of each and the nine products of their edges.
/// A
/// face is preferred to an edge that is hardly better: it gives several contacts.
/// </summary>
internal static class BoxAxes<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const double EdgeBias = 1e-6;
    private const double FaceAlike = 0.99;
    private const double FaceBonus = 0.05;

    /// <summary>The axis of least overlap in every lane.</summary>
    /// <param name="env">The env.</param>
    /// <param name="detection">Distance at which a contact is found, m.</param>
    /// <param name="near">Above 0 in the lanes that matter.</param>
    public static BoxAxisLanes<T> Find(
        in Env<T, TWork, TConst, TIndex> env, T detection, T near)
    {
        // Room for rounding: boxes that overlap by less than that must not pass through.
        T scale = T.Of(0);
        for (int k = 0; k < 6; k++)
        {
            scale += All(env, BoxScratch.SizeFirst + k);
        }

        T limit = T.Fma(Precision<T>.Choose(1e-13, 1e-6), scale, detection);
        BoxAxisLanes<T> best = default;
        best.Separation = T.Of(-1e10);
        best.Apart = T.Of(0);
        best.Code = T.Of(0);
        T number = T.Of(0);
        for (int code = 0; code < 6; code++)
        {
            TryFace(env, limit, code, number, ref best);
            number += T.Of(1);
        }

        best.Face = best.Code;
        best.FaceSeparation = best.Separation;
        if (!T.Any(T.Where(best.Apart, T.Of(0), near)))
        {
            return best;
        }

        for (int k = 0; k < 9; k++)
        {
            TryEdges(env, limit, k, number, ref best);
            number += T.Of(1);
        }

        return best;
    }

    /// <summary>Takes the best face where the edges are no better than it.</summary>
    public static void PreferFace(in Env<T, TWork, TConst, TIndex> env, ref BoxAxis<T> best)
    {
        if (best.Code >= 6 && FaceIsAlike(env, best))
        {
            best.Code = best.Face;
            best.Separation = best.FaceSeparation;
        }
    }

    /// <summary>Axis i of box 1 × axis j of box 2, in the axes of box 1.</summary>
    public static Real3<T> Product(in Env<T, TWork, TConst, TIndex> env, int i, int j)
    {
        int next = (i + 1) % 3;
        int last = (i + 2) % 3;
        return Real3<T>.Zero
            .With(next, -At(env, BoxScratch.Rotation + (3 * last) + j))
            .With(last, At(env, BoxScratch.Rotation + (3 * next) + j));
    }

    private static void TryFace(
        in Env<T, TWork, TConst, TIndex> env,
        T limit,
        int code,
        T number,
        ref BoxAxisLanes<T> best)
    {
        int axis = code % 3;
        int size = code < 3 ? BoxScratch.SizeFirst : BoxScratch.SizeSecond;
        int center = code < 3 ? BoxScratch.SecondInFirst : BoxScratch.FirstInSecond;
        T radius = T.Of(0);
        for (int k = 0; k < 3; k++)
        {
            int entry = code < 3 ? (3 * axis) + k : (3 * k) + axis;
            int other = code < 3 ? BoxScratch.SizeSecond : BoxScratch.SizeFirst;
            radius = T.Fma(
                T.Abs(All(env, BoxScratch.Rotation + entry)), All(env, other + k), radius);
        }

        T separation = T.Abs(All(env, center + axis)) - All(env, size + axis) - radius;
        T better = separation - best.Separation;
        best.Apart = T.Where(separation - limit, T.Of(1), best.Apart);
        best.Code = T.Where(better, number, best.Code);
        best.Separation = T.Where(better, separation, best.Separation);
    }

    private static void TryEdges(
        in Env<T, TWork, TConst, TIndex> env,
        T limit,
        int edges,
        T number,
        ref BoxAxisLanes<T> best)
    {
        int i = edges / 3;
        int j = edges % 3;
        int i1 = (i + 1) % 3;
        int i2 = (i + 2) % 3;
        T a1 = -All(env, BoxScratch.Rotation + (3 * i2) + j);
        T a2 = All(env, BoxScratch.Rotation + (3 * i1) + j);
        T square = T.Fma(a1, a1, a2 * a2);

        // Nearly parallel edges have no product; the faces cover them.
        T parallel = Precision<T>.Choose(1e-16, 1e-7) - square;
        T inverse = T.Of(1) / T.Sqrt(T.Where(parallel, T.Of(1), square));
        a1 *= inverse;
        a2 *= inverse;
        T radius = T.Fma(
            All(env, BoxScratch.SizeFirst + i1),
            T.Abs(a1),
            All(env, BoxScratch.SizeFirst + i2) * T.Abs(a2));
        for (int k = 1; k < 3; k++)
        {
            int jk = (j + k) % 3;
            T along = T.Fma(
                a1,
                All(env, BoxScratch.Rotation + (3 * i1) + jk),
                a2 * All(env, BoxScratch.Rotation + (3 * i2) + jk));
            radius = T.Fma(All(env, BoxScratch.SizeSecond + jk), T.Abs(along), radius);
        }

        T center = T.Fma(
            a1,
            All(env, BoxScratch.SecondInFirst + i1),
            a2 * All(env, BoxScratch.SecondInFirst + i2));
        T separation = T.Abs(center) - radius;
        T apart = T.Where(separation - limit, T.Of(1), best.Apart);
        best.Apart = T.Where(parallel, best.Apart, apart);
        T biased = T.Fnma(T.Of(EdgeBias), T.Abs(separation), separation);
        T better = T.Min(biased - best.Separation, separation - best.FaceSeparation);
        better = T.Where(parallel, T.Of(0), better);
        best.Code = T.Where(better, number, best.Code);
        best.Separation = T.Where(better, separation, best.Separation);
    }

    // The edges' axis is that of the best face, or nearly, and not much better.
    private static bool FaceIsAlike(in Env<T, TWork, TConst, TIndex> env, in BoxAxis<T> best)
    {
        int edges = best.Code - 6;
        Real3<T> axis = Real3<T>.Unit(Product(env, edges / 3, edges % 3), out _);
        T along = axis.Get(best.Face % 3);
        if (best.Face >= 3)
        {
            along = Real3<T>.Dot(
                axis,
                Real3<T>.ReadColumn(
                    env.Work, env.At.Contacts.Scratch + BoxScratch.Rotation + best.Face - 3));
        }

        T margin = T.Fma(T.Of(FaceBonus), T.Abs(best.FaceSeparation), T.Of(1e-15));
        return Uniform<T>.Above(T.Abs(along), T.Of(FaceAlike))
            && Uniform<T>.Below(best.Separation, best.FaceSeparation + margin);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T At(in Env<T, TWork, TConst, TIndex> env, int slot) =>
        env.Work.Get(env.At.Contacts.Scratch + slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T All(in Env<T, TWork, TConst, TIndex> env, int slot) =>
        env.Work.Get(env.At.Contacts.Scratch + BoxScratch.Lanes + slot);
}
