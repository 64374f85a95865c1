using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// implicitfast of a body that floats alone: its six dofs are decoupled from all others, and their
/// system takes in the derivative of the bias force by the angular velocity as well, so it is not
/// symmetric (MuJoCo 3.11, engine_derivative.c, mjd_freeBias_vel). Legend: R = body to world, ω =
/// angular velocity, I = inertia about the centre of mass, s = that centre from the body's origin,
/// all in world axes; [a] = matrix of a ×; K = s ωᵀ - (ω·s) 1 + [ω × s].
/// </summary>
internal static class FreeBodyPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    // Offsets of the scratch numbers; the system comes first.
    private const int Spin = 36; // [3] ω
    private const int Momentum = 39; // [3] I ω
    private const int Inertia = 42; // [9] I
    private const int Offset = 51; // [3] s
    private const int Turn = 54; // [9] K
    private const int Torque = 63; // [9] C
    private const int Product = 72; // [9] C R

    /// <summary>Numbers of scratch that these phases need.</summary>
    public const int ScratchCount = 81;

    /// <summary>
    /// The system of a joint: M - h S in the first 36 scratch numbers, without the bias.
    /// </summary>
    public static void LoadSystem(in Env<T, TWork, TConst, TIndex> env, int joint)
    {
        TWork work = env.Work;
        int matrix = env.At.FreeBody;
        int first = env.Topology.Get(env.At.IndexOfJoint(joint, TopologySlots.JointDof));
        T step = env.Constants.Get(ConstantSlots.TimeStep);
        for (int row = 0; row < 6; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                T entry = work.Get(
                    env.At.MassMatrix + ((first + row) * env.At.DofCount) + first + column);
                work.Set(matrix + (6 * row) + column, entry);
                work.Set(matrix + (6 * column) + row, entry);
            }
        }

        for (int k = 0; k < 6; k++)
        {
            int slot = matrix + (7 * k);
            T damping = env.Constants.Get(env.At.OfDof(first + k, ConstantSlots.Damping));
            work.Set(slot, T.Fma(step, damping, work.Get(slot)));
        }

        for (int actuator = 0; actuator < env.At.ActuatorCount; actuator++)
        {
            AddDrive(env, actuator, first, step);
        }
    }

    /// <summary>ω, I, I ω and s of the joint's body.</summary>
    public static void LoadBody(in Env<T, TWork, TConst, TIndex> env, int joint)
    {
        TWork work = env.Work;
        int body = env.Topology.Get(env.At.IndexOfJoint(joint, TopologySlots.JointBody));
        int spin = env.At.Velocity + 3
            + env.Topology.Get(env.At.IndexOfJoint(joint, TopologySlots.JointDof));
        int inertia = Layout.OfBody(body, ConstantSlots.BodyInertia);
        int center = Layout.OfBody(body, ConstantSlots.BodyCenter);
        for (int row = 0; row < 3; row++)
        {
            int from = env.At.Rotation + (9 * body) + (3 * row);
            T a = work.Get(from);
            T b = work.Get(from, 1);
            T c = work.Get(from, 2);
            work.Set(
                env.At.FreeBody + Spin + row,
                T.Fma(
                    a,
                    work.Get(spin),
                    T.Fma(b, work.Get(spin, 1), c * work.Get(spin, 2))));
            work.Set(
                env.At.FreeBody + Offset + row,
                T.Fma(
                    a,
                    env.Constants.Get(center),
                    T.Fma(
                        b,
                        env.Constants.Get(center, 1),
                        c * env.Constants.Get(center, 2))));
            RotateRow(env, body, inertia, row, a, b, c);
        }

        for (int row = 0; row < 3; row++)
        {
            T sum = T.Of(0);
            for (int k = 0; k < 3; k++)
            {
                sum = T.Fma(
                    work.Get(env.At.FreeBody + Inertia + (3 * row) + k),
                    work.Get(env.At.FreeBody + Spin + k),
                    sum);
            }

            work.Set(env.At.FreeBody + Momentum + row, sum);
        }
    }

    /// <summary>K and C = -m [s] K + [ω] I - [I ω].</summary>
    public static void MakeBlocks(in Env<T, TWork, TConst, TIndex> env, int joint)
    {
        TWork work = env.Work;
        int at = env.At.FreeBody;
        int body = env.Topology.Get(env.At.IndexOfJoint(joint, TopologySlots.JointBody));
        T mass = env.Constants.Get(Layout.OfBody(body, ConstantSlots.BodyMass));
        T along = T.Of(0);
        for (int k = 0; k < 3; k++)
        {
            along = T.Fma(work.Get(at + Spin + k), work.Get(at + Offset + k), along);
        }

        for (int row = 0; row < 3; row++)
        {
            int next = (row + 1) % 3;
            int after = (row + 2) % 3;

            // (ω × s)_row is entry (after, next) of its cross matrix, its opposite (next, after).
            T turned = T.Fnma(
                work.Get(at + Spin + after),
                work.Get(at + Offset + next),
                work.Get(at + Spin + next) * work.Get(at + Offset + after));
            work.Set(
                at + Turn + (4 * row),
                T.Fma(work.Get(at + Offset + row), work.Get(at + Spin + row), -along));
            work.Set(
                at + Turn + (3 * after) + next,
                T.Fma(work.Get(at + Offset + after), work.Get(at + Spin + next), turned));
            work.Set(
                at + Turn + (3 * next) + after,
                T.Fma(work.Get(at + Offset + next), work.Get(at + Spin + after), -turned));
        }

        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                T turn = Cross(env, at + Spin, at + Inertia, row, column);
                T shift = Cross(env, at + Offset, at + Turn, row, column);
                work.Set(at + Torque + (3 * row) + column, T.Fnma(mass, shift, turn));
            }
        }

        for (int row = 0; row < 3; row++)
        {
            int next = (row + 1) % 3;
            int after = (row + 2) % 3;
            T spin = work.Get(at + Momentum + row);
            int up = at + Torque + (3 * next) + after;
            int down = at + Torque + (3 * after) + next;
            work.Set(up, work.Get(up) + spin);
            work.Set(down, work.Get(down) - spin);
        }
    }

    /// <summary>Adds h (-m K R) to the upper right block, h Rᵀ C R to the lower right.</summary>
    public static void AddBias(in Env<T, TWork, TConst, TIndex> env, int joint)
    {
        TWork work = env.Work;
        int at = env.At.FreeBody;
        int body = env.Topology.Get(env.At.IndexOfJoint(joint, TopologySlots.JointBody));
        int rotation = env.At.Rotation + (9 * body);
        T step = env.Constants.Get(ConstantSlots.TimeStep);
        T pull = -step * env.Constants.Get(Layout.OfBody(body, ConstantSlots.BodyMass));
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                int slot = at + (6 * row) + 3 + column;
                work.Set(
                    slot,
                    T.Fma(pull, Entry(env, at + Turn, rotation, row, column), work.Get(slot)));
                work.Set(
                    at + Product + (3 * row) + column,
                    Entry(env, at + Torque, rotation, row, column));
            }
        }

        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                T sum = T.Of(0);
                for (int k = 0; k < 3; k++)
                {
                    sum = T.Fma(
                        work.Get(rotation + (3 * k) + row),
                        work.Get(at + Product + (3 * k) + column),
                        sum);
                }

                int slot = at + (6 * (3 + row)) + 3 + column;
                work.Set(slot, T.Fma(step, sum, work.Get(slot)));
            }
        }
    }

    /// <summary>
    /// Solves the system by elimination, into Direction. Not pivoted: the symmetric part of the
    /// matrix is M and dampers, which is positive definite, and h ω is small.
    /// </summary>
    public static void Solve(in Env<T, TWork, TConst, TIndex> env, int joint)
    {
        TWork work = env.Work;
        int at = env.At.FreeBody;
        int first = env.Topology.Get(env.At.IndexOfJoint(joint, TopologySlots.JointDof));
        int x = env.At.Direction + first;
        for (int k = 0; k < 6; k++)
        {
            work.Set(
                x, k,
                work.Get(env.At.Smooth + first + k)
                    + work.Get(env.At.ConstraintForce + first + k));
        }

        for (int k = 0; k < 6; k++)
        {
            T inverse = T.Of(1) / work.Get(at + (7 * k));
            for (int row = k + 1; row < 6; row++)
            {
                T ratio = work.Get(at + (6 * row) + k) * inverse;
                for (int column = k + 1; column < 6; column++)
                {
                    int slot = at + (6 * row) + column;
                    T entry = work.Get(at + (6 * k) + column);
                    work.Set(slot, T.Fnma(ratio, entry, work.Get(slot)));
                }

                work.Set(x, row, T.Fnma(ratio, work.Get(x, k), work.Get(x, row)));
            }
        }

        for (int k = 5; k >= 0; k--)
        {
            T sum = work.Get(x, k);
            for (int column = k + 1; column < 6; column++)
            {
                sum = T.Fnma(work.Get(at + (6 * k) + column), work.Get(x, column), sum);
            }

            work.Set(x, k, sum / work.Get(at + (7 * k)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddDrive(
        in Env<T, TWork, TConst, TIndex> env, int actuator, int firstDof, T step)
    {
        int index = env.At.IndexOfActuator(actuator, 0);
        int first = env.Topology.Get(index, TopologySlots.ActuatorFirstMoment);
        int count = env.Topology.Get(index, TopologySlots.ActuatorMomentCount);
        T scale = step * env.Work.Get(env.At.Drives.Slope + actuator);
        for (int i = first; i < first + count; i++)
        {
            int row = env.Topology.Get(env.At.Drives.TopologyMoments + i) - firstDof;
            for (int j = first; j < first + count; j++)
            {
                int column = env.Topology.Get(env.At.Drives.TopologyMoments + j) - firstDof;
                if (row >= 0 && row < 6 && column >= 0 && column < 6)
                {
                    int slot = env.At.FreeBody + (6 * row) + column;
                    T scaled = scale * env.Work.Get(env.At.Drives.Moment + i);
                    T entry = env.Work.Get(env.At.Drives.Moment + j);
                    env.Work.Set(slot, T.Fnma(scaled, entry, env.Work.Get(slot)));
                }
            }
        }
    }

    // Row of R I Rᵀ from the row (a, b, c) of R.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RotateRow(
        in Env<T, TWork, TConst, TIndex> env, int body, int inertia, int row, T a, T b, T c)
    {
        T xy = env.Constants.Get(inertia, 3);
        T xz = env.Constants.Get(inertia, 4);
        T yz = env.Constants.Get(inertia, 5);
        T u = T.Fma(a, env.Constants.Get(inertia), T.Fma(b, xy, c * xz));
        T v = T.Fma(a, xy, T.Fma(b, env.Constants.Get(inertia, 1), c * yz));
        T w = T.Fma(a, xz, T.Fma(b, yz, c * env.Constants.Get(inertia, 2)));
        for (int column = 0; column < 3; column++)
        {
            int other = env.At.Rotation + (9 * body) + (3 * column);
            env.Work.Set(
                env.At.FreeBody + Inertia + (3 * row) + column,
                T.Fma(
                    u,
                    env.Work.Get(other),
                    T.Fma(v, env.Work.Get(other, 1), w * env.Work.Get(other, 2))));
        }
    }

    // Entry of [vector] · matrix.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Cross(
        in Env<T, TWork, TConst, TIndex> env, int vector, int matrix, int row, int column)
    {
        int next = (row + 1) % 3;
        int after = (row + 2) % 3;
        return T.Fnma(
            env.Work.Get(vector, after),
            env.Work.Get(matrix + (3 * next) + column),
            env.Work.Get(vector, next) * env.Work.Get(matrix + (3 * after) + column));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Entry(
        in Env<T, TWork, TConst, TIndex> env, int left, int right, int row, int column) =>
        T.Fma(
            env.Work.Get(left + (3 * row)),
            env.Work.Get(right, column),
            T.Fma(
                env.Work.Get(left + (3 * row), 1),
                env.Work.Get(right + 3 + column),
                env.Work.Get(left + (3 * row), 2) * env.Work.Get(right + 6 + column)));
}
