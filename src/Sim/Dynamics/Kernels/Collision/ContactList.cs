using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// The tile's list of contacts: an entry where any lane has the contact; the other lanes hold
/// <see cref="ContactSlots.Absent"/>, so that their force is exactly 0.
/// </summary>
internal static class ContactList<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Adds a contact where <paramref name="hit"/> is 1.</summary>
    public static void Append(
        in Env<T, TWork, TConst, TIndex> env, int pair, T hit, in ContactPoint<T> point)
    {
        if (!T.Any(hit))
        {
            return;
        }

        TWork work = env.Work;
        int count = work.GetIndex(env.At.Contacts.ContactCount);
        if (count >= env.At.Contacts.ContactMax)
        {
            work.Set(
                env.At.Contacts.Overflow, work.Get(env.At.Contacts.Overflow) + hit);
            return;
        }

        work.SetIndex(env.At.Contacts.ContactCount, count + 1);
        work.SetIndex(env.At.Contacts.ContactPair + count, pair);
        Write(env, count, pair, hit, point);
    }

    /// <summary>Adds the candidates that were found for one lane.</summary>
    /// <param name="env">The tile.</param>
    /// <param name="pair">Pair of geoms.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="start">Number of contacts in the list before this pair.</param>
    public static void Accept(
        in Env<T, TWork, TConst, TIndex> env, int pair, int lane, int start)
    {
        TWork work = env.Work;
        int found = work.GetIndex(env.At.Contacts.CandidateCount);
        for (int k = 0; k < found; k++)
        {
            int contact = start + k;
            if (contact >= env.At.Contacts.ContactMax)
            {
                T more = work.Get(env.At.Contacts.Overflow);
                work.Set(
                    env.At.Contacts.Overflow, T.Insert(more, more + T.Of(1), lane));
                continue;
            }

            if (contact >= work.GetIndex(env.At.Contacts.ContactCount))
            {
                Open(env, pair, contact);
            }

            Fill(env, pair, lane, contact, k);
        }
    }

    /// <summary>Adds a candidate for the lane at work; all lanes hold the same.</summary>
    public static void Find(
        in Env<T, TWork, TConst, TIndex> env, T distance, Real3<T> fromSecond, Real3<T> normal)
    {
        TWork work = env.Work;
        int k = work.GetIndex(env.At.Contacts.CandidateCount);
        work.SetIndex(env.At.Contacts.CandidateCount, k + 1);
        work.Set(env.At.Contacts.OfCandidate(k, ContactSlots.CandidateDistance), distance);
        fromSecond.Write(work, env.At.Contacts.OfCandidate(k, ContactSlots.CandidatePosition));
        normal.Write(work, env.At.Contacts.OfCandidate(k, ContactSlots.CandidateNormal));
    }

    private static void Open(in Env<T, TWork, TConst, TIndex> env, int pair, int contact)
    {
        TWork work = env.Work;
        work.SetIndex(env.At.Contacts.ContactCount, contact + 1);
        work.SetIndex(env.At.Contacts.ContactPair + contact, pair);
        int block = env.At.Contacts.OfContact(contact, 0);
        work.Set(block, T.Of(ContactSlots.Absent));
        for (int k = 1; k < ContactSlots.ContactStride; k++)
        {
            work.Set(block, k, k == ContactSlots.Frame + 2 ? T.Of(1) : T.Of(0));
        }
    }

    private static void Fill(
        in Env<T, TWork, TConst, TIndex> env, int pair, int lane, int contact, int candidate)
    {
        TWork work = env.Work;
        int first = env.Topology.Get(
            env.At.Contacts.IndexOfPair(pair, ContactSlots.PairFirst));
        int second = env.Topology.Get(
            env.At.Contacts.IndexOfPair(pair, ContactSlots.PairSecond));
        int from = env.At.Contacts.OfCandidate(candidate, 0);
        int to = env.At.Contacts.OfContact(contact, 0);
        Insert(work, to + ContactSlots.Distance, from + ContactSlots.CandidateDistance, lane);
        Real3<T> offset = GeomPhases<T, TWork, TConst, TIndex>.Offset(env, first, second);
        for (int k = 0; k < 3; k++)
        {
            T point = work.Get(from + ContactSlots.CandidatePosition + k);
            T a = work.Get(env.At.Contacts.GeomOrigin + (3 * first) + k) + offset.Get(k) + point;
            T b = work.Get(env.At.Contacts.GeomOrigin + (3 * second) + k) + point;
            int slotA = to + ContactSlots.PositionFirst + k;
            int slotB = to + ContactSlots.PositionSecond + k;
            work.Set(slotA, T.Insert(work.Get(slotA), a, lane));
            work.Set(slotB, T.Insert(work.Get(slotB), b, lane));
            Insert(
                work, to + ContactSlots.Frame + k, from + ContactSlots.CandidateNormal + k, lane);
        }
    }

    private static void Insert(TWork work, int to, int from, int lane) =>
        work.Set(to, T.Insert(work.Get(to), work.Get(from), lane));

    private static void Write(
        in Env<T, TWork, TConst, TIndex> env,
        int contact,
        int pair,
        T hit,
        in ContactPoint<T> point)
    {
        TWork work = env.Work;
        int first = env.Topology.Get(
            env.At.Contacts.IndexOfPair(pair, ContactSlots.PairFirst));
        int second = env.Topology.Get(
            env.At.Contacts.IndexOfPair(pair, ContactSlots.PairSecond));
        int block = env.At.Contacts.OfContact(contact, 0);
        work.Set(block, T.Where(hit, point.Distance, T.Of(ContactSlots.Absent)));
        Real3<T> a = point.FromFirst
            + Real3<T>.Read(work, env.At.Contacts.GeomOrigin + (3 * first));
        Real3<T> b = point.FromSecond
            + Real3<T>.Read(work, env.At.Contacts.GeomOrigin + (3 * second));
        Real3<T> upright = new(T.Of(0), T.Of(0), T.Of(1));
        Real3<T>.Where(hit, a, Real3<T>.Zero).Write(work, block + ContactSlots.PositionFirst);
        Real3<T>.Where(hit, b, Real3<T>.Zero).Write(work, block + ContactSlots.PositionSecond);
        Real3<T>.Where(hit, point.Normal, upright).Write(work, block + ContactSlots.Frame);
        Real3<T>.Where(hit, point.Tangent, Real3<T>.Zero)
            .Write(work, block + ContactSlots.Frame + 3);
    }
}
