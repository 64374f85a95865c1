using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// The distance of two convex shapes (Gilbert, Johnson and Keerthi 1988, with the stopping rules of
/// MuJoCo's
/// engine_collision_gjk.c). Legend: x = point of the simplex nearest to the origin.
/// </summary>
internal static class Gjk<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const double Smallest = 1e-15;
    private const double VeryFar = 1e30;

    /// <summary>Tolerance of these algorithms, m (MuJoCo's ccd_tolerance in double).</summary>
    public static T Tolerance => Precision<T>.Choose(1e-6, 4e-6);

    /// <summary>Distance of the shapes in the scratch.</summary>
    /// <param name="env">The tile.</param>
    /// <param name="reach">Distance beyond which it is not needed, m; 0 when none is.</param>
    public static ConvexGap<T> Find(in Env<T, TWork, TConst, TIndex> env, T reach)
    {
        bool canTest = !T.Any(reach);
        ConvexGap<T> gap = Begin(env, out T gapMin, out T lengthMin);
        Real3<T> x = gap.First - gap.Second;
        T length = T.Sqrt(Real3<T>.Dot(x, x));
        T last = T.Of(0);
        int count = 0;
        bool done = false;
        for (int k = 0; ; k++)
        {
            // The last support point is only for a test.
            done |= k == ConvexScratch.IterationMax
                || Uniform<T>.Below(length, lengthMin)
                || Uniform<T>.Below(T.Abs(last - length), T.Of(Smallest));
            ConvexVertex<T, TWork, TConst, TIndex>.Find(env, count, (T.Of(-1) / length) * x);
            Real3<T> support = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, count);
            T bound = Real3<T>.Dot(x, support);
            done |= Uniform<T>.Below(Real3<T>.Dot(x, x - support), gapMin);
            if (done)
            {
                gap.IsApart = T.Any(bound);
                break;
            }

            if (T.Any(bound) && !Uniform<T>.Below(bound, reach * length))
            {
                return Apart();
            }

            if (count == 3 && canTest)
            {
                int answer = GjkTest<T, TWork, TConst, TIndex>.Find(env, k);
                if (answer >= 0)
                {
                    return answer == 0 ? Apart() : Inside();
                }

                canTest = false;
            }

            Simplex<T, TWork, TConst, TIndex>.Nearest(env, count + 1);
            count = Compress(env);
            if (count == 0)
            {
                return Apart();
            }

            gap.First = Combine(env, count, 0);
            gap.Second = Combine(env, count, 1);
            x = gap.First - gap.Second;
            last = length;
            length = T.Sqrt(Real3<T>.Dot(x, x));
            done = count == 4;
        }

        gap.SimplexCount = count;
        gap.Distance = count == 4 && !gap.IsApart ? T.Of(0) : length;
        return gap;
    }

    // The centres, and how near is near enough; corners need no room.
    private static ConvexGap<T> Begin(
        in Env<T, TWork, TConst, TIndex> env, out T gapMin, out T lengthMin)
    {
        bool discrete = ConvexShape<T, TWork, TConst, TIndex>.IsDiscrete(env, 0)
            && ConvexShape<T, TWork, TConst, TIndex>.IsDiscrete(env, 1);
        T tolerance = Tolerance;
        gapMin = discrete ? T.Of(0) : T.Of(0.5) * tolerance * tolerance;
        lengthMin = discrete ? T.Of(Smallest) : tolerance;
        ConvexGap<T> gap = default;
        gap.First = ConvexShape<T, TWork, TConst, TIndex>.Center(env, 0);
        gap.Second = ConvexShape<T, TWork, TConst, TIndex>.Center(env, 1);
        return gap;
    }

    private static ConvexGap<T> Apart()
    {
        ConvexGap<T> gap = default;
        gap.First = Real3<T>.Zero;
        gap.Second = Real3<T>.Zero;
        gap.Distance = T.Of(VeryFar);
        gap.IsApart = true;
        return gap;
    }

    private static ConvexGap<T> Inside()
    {
        ConvexGap<T> gap = Apart();
        gap.Distance = T.Of(0);
        gap.SimplexCount = 4;
        gap.IsApart = false;
        return gap;
    }

    // Drops the vertices of weight 0.
    private static int Compress(in Env<T, TWork, TConst, TIndex> env)
    {
        int count = 0;
        for (int k = 0; k < 4; k++)
        {
            T weight = Simplex<T, TWork, TConst, TIndex>.Weight(env, k);
            if (T.Any(T.Abs(weight)))
            {
                if (count != k)
                {
                    ConvexVertex<T, TWork, TConst, TIndex>.Copy(env, k, count);
                    Simplex<T, TWork, TConst, TIndex>.Set(env, count, weight);
                }

                count++;
            }
        }

        return count;
    }

    private static Real3<T> Combine(in Env<T, TWork, TConst, TIndex> env, int count, int shape)
    {
        Real3<T> sum = Real3<T>.Zero;
        for (int k = 0; k < count; k++)
        {
            sum = Real3<T>.AddScaled(
                sum,
                Simplex<T, TWork, TConst, TIndex>.Weight(env, k),
                ConvexVertex<T, TWork, TConst, TIndex>.On(env, k, shape));
        }

        return sum;
    }
}
