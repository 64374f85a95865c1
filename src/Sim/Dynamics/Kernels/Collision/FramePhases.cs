using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>Tangents of contact frames (MuJoCo, mju_makeFrame).</summary>
internal static class FramePhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>
    /// Completes the frame of every contact. The first tangent lies along the hint; without one
    /// along the world's y axis, or z where the normal is near y.
    /// </summary>
    public static void Complete(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        int count = work.GetIndex(env.At.Contacts.ContactCount);
        for (int contact = 0; contact < count; contact++)
        {
            int frame = env.At.Contacts.OfContact(contact, ContactSlots.Frame);
            Real3<T> normal = Real3<T>.Unit(Real3<T>.Read(work, frame), out _);
            Real3<T> tangent = Tangent(normal, Real3<T>.Read(work, frame + 3));
            normal.Write(work, frame);
            tangent.Write(work, frame + 3);
            Real3<T>.Cross(normal, tangent).Write(work, frame + 6);
        }
    }

    /// <summary>First tangent: along the hint, or y, or z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Real3<T> Tangent(Real3<T> normal, Real3<T> hint)
    {
        T sideways = T.Where(T.Of(0.5) - T.Abs(normal.Y), T.Of(1), T.Of(0));
        Real3<T> given = new(T.Of(0), sideways, T.Of(1) - sideways);
        hint = Real3<T>.Where(T.Of(0.25) - Real3<T>.Dot(hint, hint), given, hint);
        Real3<T> level = Real3<T>.AddScaled(hint, -Real3<T>.Dot(normal, hint), normal);
        return Real3<T>.Unit(level, out _);
    }
}
