using System.Runtime.CompilerServices;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Batch.Cpu;

/// <summary>Above 0 in the lanes of the envs to which something happened.</summary>
/// <typeparam name="T">The number.</typeparam>
internal struct TileFaults<T>
    where T : unmanaged, IReal<T>
{
    public T Unconverged;
    public T ContactOverflow;
    public T NotFinite;

    /// <summary>Adds what the last step of an env says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<TWork, TConst, TIndex>(in Env<T, TWork, TConst, TIndex> env)
        where TWork : struct, IWorkMem<T>
        where TConst : struct, IMem<T>
        where TIndex : struct, IIndexMem
    {
        Unconverged += env.Work.Get(env.At.Unsolved);
        ContactOverflow += env.Work.Get(env.At.Contacts.Overflow);
        NotFinite += env.Work.Get(env.At.Corrupt);
    }

    /// <summary>Whether anything happened to any env.</summary>
    public readonly bool Any => T.Any(Unconverged) || T.Any(ContactOverflow) || T.Any(NotFinite);

    /// <summary>What happened to the env of one lane.</summary>
    public readonly EnvStatus Of(int lane) =>
        (T.Any(T.Broadcast(Unconverged, lane)) ? EnvStatus.Unconverged : 0)
        | (T.Any(T.Broadcast(ContactOverflow, lane)) ? EnvStatus.ContactOverflow : 0)
        | (T.Any(T.Broadcast(NotFinite, lane)) ? EnvStatus.NotFinite : 0);
}
