using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// A plane and a cylinder: its lowest point, the one above it on the other disk, and two that make
/// a
/// triangle on the lower disk (MuJoCo, mjc_PlaneCylinder).
/// </summary>
internal static class PlaneCylinder<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Finds the contacts of all such pairs.</summary>
    public static void Find(in Env<T, TWork, TConst, TIndex> env)
    {
        int end = PairReader<T, TWork, TConst, TIndex>.End(env, ShapePair.PlaneCylinder);
        for (
            int pair = PairReader<T, TWork, TConst, TIndex>.First(env, ShapePair.PlaneCylinder);
            pair < end;
            pair++)
        {
            Real3<T> normal = PairReader<T, TWork, TConst, TIndex>.Axis(
                env, PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair), 2);
            Real3<T> offset = PairReader<T, TWork, TConst, TIndex>.Offset(env, pair);
            T height = Real3<T>.Dot(normal, offset);
            T near = PairReader<T, TWork, TConst, TIndex>.BallMeetsPlane(env, pair, height);
            if (T.Any(near))
            {
                FindOne(env, pair, near, normal, offset);
            }
        }
    }

    private static void FindOne(
        in Env<T, TWork, TConst, TIndex> env, int pair, T near, Real3<T> normal, Real3<T> offset)
    {
        int cylinder = PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair);
        T radius = PairReader<T, TWork, TConst, TIndex>.Size(env, cylinder, 0);
        T half = PairReader<T, TWork, TConst, TIndex>.Size(env, cylinder, 1);

        // The axis that points towards the plane.
        Real3<T> axis = PairReader<T, TWork, TConst, TIndex>.Axis(env, cylinder, 2);
        T along = Real3<T>.Dot(normal, axis);
        axis = Real3<T>.Where(along, -axis, axis);
        along = -T.Abs(along);

        // Across it, towards the plane; any direction when the disk is parallel.
        Real3<T> down = (along * axis) - normal;
        T square = Real3<T>.Dot(down, down);
        T parallel = T.Where(square - Precision<T>.Choose(1e-30, 1e-12), T.Of(0), T.Of(1));
        T scale = radius / T.Sqrt(T.Where(parallel, T.Of(1), square));
        down = Real3<T>.Where(
            parallel, radius * PairReader<T, TWork, TConst, TIndex>.Axis(
                env, cylinder, 0), scale * down);
        Real3<T> shift = half * axis;
        Real3<T> side = Real3<T>.Unit(Real3<T>.Cross(down, shift), out _);
        Real3<T> wing = (T.Of(0.86602540378443865) * radius) * side;
        Real3<T> foot = shift - (T.Of(0.5) * down);

        T lowest = Real3<T>.Dot(normal, offset) + Real3<T>.Dot(normal, down + shift);
        T hit = near * PairReader<T, TWork, TConst, TIndex>.NotAbove(
            lowest, PairReader<T, TWork, TConst, TIndex>.Detection(env, pair));
        Real3<T> none = Real3<T>.Zero;
        T point = T.Of(0);
        for (int k = 0; k < 4; k++)
        {
            Real3<T> place = k == 0 ? down + shift
                : k == 1 ? down - shift
                : k == 2 ? foot + wing : foot - wing;
            PlaneSphere<T, TWork, TConst, TIndex>.AtEnd(
                env, pair, hit, normal, offset, place, point, none);
        }
    }
}
