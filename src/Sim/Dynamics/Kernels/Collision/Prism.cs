using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// A triangle of a height field and what is below it, as one of two convex shapes.
/// </summary>
internal static class Prism<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>
    /// Farthest corner in a direction: of the top, or of the bottom when it points down.
    /// </summary>
    public static Real3<T> Support(in Env<T, TWork, TConst, TIndex> env, Real3<T> direction)
    {
        int first = T.Any(-direction.Z) ? 0 : 3;
        int chosen = first;
        Real3<T> best = Corner(env, first);
        T most = Real3<T>.Dot(best, direction);
        for (int k = 1; k < 3; k++)
        {
            Real3<T> corner = Corner(env, first + k);
            T far = Real3<T>.Dot(corner, direction);
            if (Uniform<T>.Above(far, most))
            {
                most = far;
                best = corner;
                chosen = first + k;
            }
        }

        env.Work.SetIndex(
            env.At.Contacts.ScratchIndex + ConvexScratch.ShapeVertex, chosen);
        return best;
    }

    /// <summary>Corner 0 to 2 of the bottom or 3 to 5 of the top, m.</summary>
    public static Real3<T> Corner(in Env<T, TWork, TConst, TIndex> env, int corner) =>
        Real3<T>.Read(env.Work, Slot(env, corner));

    /// <summary>Slot of a corner.</summary>
    public static int Slot(in Env<T, TWork, TConst, TIndex> env, int corner) =>
        env.At.Contacts.Scratch + ConvexScratch.Prism + (3 * corner);
}
