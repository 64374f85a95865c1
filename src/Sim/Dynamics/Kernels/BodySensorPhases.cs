using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Accelerations of bodies with joint accelerations, and the forces that bodies get from their
/// parents (MuJoCo, engine_core_smooth.c, mj_rnePostConstraint). Comes after the step's other
/// phases, whose body accelerations, inertias and forces it replaces.
/// </summary>
internal static class BodySensorPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>a += Σ s q̈ over the dofs that move the body.</summary>
    public static void AddAccelerations(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        int added = env.At.Sensors.Wrench;
        for (int k = 0; k < 6; k++)
        {
            work.Set(added, k, T.Of(0));
        }

        for (int body = 1; body < env.At.BodyCount; body++)
        {
            int block = Layout.IndexOfBody(body, 0);
            if (env.Topology.Get(block, TopologySlots.BodyMoves) == 0)
            {
                continue;
            }

            int carrier = env.Topology.Get(block, TopologySlots.BodyCarrier);
            int first = env.Topology.Get(block, TopologySlots.BodyFirstDof);
            int count = env.Topology.Get(block, TopologySlots.BodyDofCount);
            for (int k = 0; k < 6; k++)
            {
                T sum = work.Get(added + (6 * carrier) + k);
                for (int dof = first; dof < first + count; dof++)
                {
                    sum = T.Fma(
                        work.Get(env.At.Motion + (6 * dof) + k),
                        work.Get(env.At.Acceleration + dof),
                        sum);
                }

                work.Set(added + (6 * body) + k, sum);
                int own = env.At.BodyAcceleration + (6 * body) + k;
                work.Set(own, work.Get(own) + sum);
            }
        }
    }

    /// <summary>No force from outside yet.</summary>
    public static void ClearWrenches(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int k = 0; k < 6 * env.At.BodyCount; k++)
        {
            env.Work.Set(env.At.Sensors.Wrench + k, T.Of(0));
        }
    }

    /// <summary>Forces of contacts on their bodies.</summary>
    public static void AddContacts(in Env<T, TWork, TConst, TIndex> env)
    {
        ContactLayout at = env.At.Contacts;
        int count = env.Work.GetIndex(at.ContactCount);
        for (int contact = 0; contact < count; contact++)
        {
            int pair = env.Work.GetIndex(at.ContactPair + contact);
            int dimension = env.Topology.Get(
                at.IndexOfPair(pair, ContactSlots.PairDimension));
            Block force = ContactBlock(env, contact);
            int frame = at.OfContact(contact, ContactSlots.Frame);
            AddContact(
                env,
                env.Topology.Get(at.IndexOfPair(pair, ContactSlots.PairFirstBody)),
                at.OfContact(contact, ContactSlots.PositionFirst),
                frame,
                force,
                dimension,
                T.Of(-1));
            AddContact(
                env,
                env.Topology.Get(at.IndexOfPair(pair, ContactSlots.PairSecondBody)),
                at.OfContact(contact, ContactSlots.PositionSecond),
                frame,
                force,
                dimension,
                T.Of(1));
        }
    }

    /// <summary>Forces of connects and welds on their bodies.</summary>
    public static void AddEqualities(in Env<T, TWork, TConst, TIndex> env)
    {
        ConstraintLayout at = env.At.Constraints;
        for (int block = 0; block < at.ModelBlockCount; block++)
        {
            int source = env.Topology.Get(at.IndexOfBlock(block, BlockSlots.Source));
            if (source is (int)BlockSource.Connect or (int)BlockSource.Weld)
            {
                int rows = env.Topology.Get(at.IndexOfBlock(block, BlockSlots.Dimension));
                Block force = BlockPhases<T, TWork, TConst, TIndex>.Read(env, block);
                int first = env.Topology.Get(at.IndexOfBlock(block, BlockSlots.FirstItem));
                int second = env.Topology.Get(at.IndexOfBlock(block, BlockSlots.SecondItem));
                AddAnchored(
                    env, first, at.OfBlock(block, BlockSlots.FirstAnchor), force, rows, T.Of(1));
                AddAnchored(
                    env,
                    second,
                    at.OfBlock(block, BlockSlots.SecondAnchor),
                    force,
                    rows,
                    T.Of(-1));
            }
        }
    }

    /// <summary>
    /// Force on each body from its parent: what its motion needs, less what it gets from outside,
    /// and all below it.
    /// </summary>
    public static void GatherForces(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        for (int body = env.At.BodyCount - 1; body > 0; body--)
        {
            int block = Layout.IndexOfBody(body, 0);
            if (env.Topology.Get(block, TopologySlots.BodyMoves) == 0)
            {
                continue;
            }

            int carrier = env.Topology.Get(block, TopologySlots.BodyCarrier);
            for (int k = 0; k < 6; k++)
            {
                int own = env.At.BodyForce + (6 * body) + k;
                T force = work.Get(own) - work.Get(env.At.Sensors.Wrench + (6 * body) + k);
                work.Set(own, force);
                if (carrier > 0)
                {
                    int above = env.At.BodyForce + (6 * carrier) + k;
                    work.Set(above, work.Get(above) + force);
                }
            }
        }
    }

    /// <summary>The block of a contact's rows.</summary>
    public static Block ContactBlock(in Env<T, TWork, TConst, TIndex> env, int contact) =>
        BlockPhases<T, TWork, TConst, TIndex>.Read(
            env, env.At.Constraints.ModelBlockCount + contact);

    /// <summary>
    /// Force of a row; 0 in lanes without it, where it may not have been computed.
    /// </summary>
    public static T Row(in Env<T, TWork, TConst, TIndex> env, in Block block, int row) =>
        T.Where(env.Work.Get(block.Weight), env.Work.Get(block.Force + row), T.Of(0));

    private static void AddContact(
        in Env<T, TWork, TConst, TIndex> env,
        int body,
        int place,
        int frame,
        in Block force,
        int dimension,
        T sign)
    {
        TWork work = env.Work;
        int to = env.At.Sensors.Wrench + (6 * body);
        for (int k = 0; k < 3; k++)
        {
            int next = (k + 1) % 3;
            int after = (k + 2) % 3;
            T torque = Along(env, frame, force, dimension, 3, k);
            T y = Along(env, frame, force, dimension, 0, next);
            T z = Along(env, frame, force, dimension, 0, after);
            torque += T.Fnma(work.Get(place, after), y, work.Get(place, next) * z);
            work.Set(to, k, T.Fma(sign, torque, work.Get(to, k)));
            T push = Along(env, frame, force, dimension, 0, k);
            work.Set(to + 3 + k, T.Fma(sign, push, work.Get(to + 3 + k)));
        }
    }

    // World component of the force or torque that three rows from a first one give.
    private static T Along(
        in Env<T, TWork, TConst, TIndex> env,
        int frame,
        in Block force,
        int dimension,
        int first,
        int axis)
    {
        T sum = T.Of(0);
        for (int row = 0; row < 3 && first + row < dimension; row++)
        {
            sum = T.Fma(
                env.Work.Get(frame + (3 * row) + axis),
                Row(env, force, first + row),
                sum);
        }

        return sum;
    }

    private static void AddAnchored(
        in Env<T, TWork, TConst, TIndex> env,
        int body,
        int anchor,
        in Block force,
        int rows,
        T sign)
    {
        TWork work = env.Work;
        int to = env.At.Sensors.Wrench + (6 * body);
        for (int k = 0; k < 3; k++)
        {
            int next = (k + 1) % 3;
            int after = (k + 2) % 3;
            T torque = T.Fnma(
                Place(env, body, anchor, after),
                Row(env, force, next),
                Place(env, body, anchor, next) * Row(env, force, after));
            if (rows == 6)
            {
                torque += Row(env, force, 3 + k);
            }

            work.Set(to, k, T.Fma(sign, torque, work.Get(to, k)));
            work.Set(to + 3 + k, T.Fma(sign, Row(env, force, k), work.Get(to + 3 + k)));
        }
    }

    private static T Place(
        in Env<T, TWork, TConst, TIndex> env, int body, int local, int row)
    {
        int from = env.At.Rotation + (9 * body) + (3 * row);
        T sum = env.Work.Get(env.At.Origin + (3 * body) + row);
        for (int k = 0; k < 3; k++)
        {
            sum = T.Fma(env.Work.Get(from, k), env.Constants.Get(local, k), sum);
        }

        return sum;
    }
}
