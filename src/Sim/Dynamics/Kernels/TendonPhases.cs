using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Fixed tendons: length = Σ c q over their joints; springs with a dead band, dampers, armature
/// (MuJoCo, engine_core_smooth.c, engine_passive.c). Legend: c = coefficient of a joint.
/// </summary>
internal static class TendonPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Length and velocity of every tendon.</summary>
    public static void Lengths(in Env<T, TWork, TConst, TIndex> env)
    {
        TendonLayout at = env.At.Tendons;
        for (int tendon = 0; tendon < at.Count; tendon++)
        {
            int first = env.Topology.Get(at.IndexOf(tendon, TopologySlots.TendonFirst));
            int count = env.Topology.Get(at.IndexOf(tendon, TopologySlots.TendonCount));
            T length = T.Of(0);
            T velocity = T.Of(0);
            for (int term = first; term < first + count; term++)
            {
                T coefficient = env.Constants.Get(at.Coefficients + term);
                int place = env.Topology.Get(at.IndexOfTerm(term, TopologySlots.TermPosition));
                int dof = env.Topology.Get(at.IndexOfTerm(term, TopologySlots.TermDof));
                length = T.Fma(coefficient, env.Work.Get(env.At.Position + place), length);
                velocity = T.Fma(coefficient, env.Work.Get(env.At.Velocity + dof), velocity);
            }

            env.Work.Set(at.Length + tendon, length);
            env.Work.Set(at.Velocity + tendon, velocity);
            env.Work.Set(at.ActuatorForce + tendon, T.Of(0));
        }
    }

    /// <summary>M += armature · c cᵀ, within the tree's envelope as MuJoCo has it.</summary>
    public static void AddArmature(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int tendon = 0; tendon < env.At.Tendons.Count; tendon++)
        {
            T armature = env.Constants.Get(
                env.At.Tendons.Of(tendon, ConstantSlots.TendonArmature));
            AddOuter(env, tendon, armature, env.At.MassMatrix);
        }
    }

    /// <summary>Adds spring and damper forces to the smooth force.</summary>
    public static void AddForces(in Env<T, TWork, TConst, TIndex> env)
    {
        TendonLayout at = env.At.Tendons;
        for (int tendon = 0; tendon < at.Count; tendon++)
        {
            T length = env.Work.Get(at.Length + tendon);
            T low = env.Constants.Get(at.Of(tendon, ConstantSlots.TendonSpringMin));
            T high = env.Constants.Get(at.Of(tendon, ConstantSlots.TendonSpringMax));
            T zero = T.Of(0);
            T stretch = T.Max(length - high, zero) + T.Min(length - low, zero);
            T pull = env.Constants.Get(at.Of(tendon, ConstantSlots.TendonStiffness)) * stretch;
            T damping = env.Constants.Get(at.Of(tendon, ConstantSlots.TendonDamping));
            pull = T.Fma(damping, env.Work.Get(at.Velocity + tendon), pull);
            int first = env.Topology.Get(at.IndexOf(tendon, TopologySlots.TendonFirst));
            int count = env.Topology.Get(at.IndexOf(tendon, TopologySlots.TendonCount));
            for (int term = first; term < first + count; term++)
            {
                int smooth = env.At.Smooth
                    + env.Topology.Get(at.IndexOfTerm(term, TopologySlots.TermDof));
                T coefficient = env.Constants.Get(at.Coefficients + term);
                env.Work.Set(smooth, T.Fnma(coefficient, pull, env.Work.Get(smooth)));
            }
        }
    }

    /// <summary>matrix += scale · c cᵀ, lower triangle, within the tree's envelope.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddOuter(
        in Env<T, TWork, TConst, TIndex> env, int tendon, T scale, int matrix)
    {
        TendonLayout at = env.At.Tendons;
        int first = env.Topology.Get(at.IndexOf(tendon, TopologySlots.TendonFirst));
        int count = env.Topology.Get(at.IndexOf(tendon, TopologySlots.TendonCount));
        for (int term = first; term < first + count; term++)
        {
            int row = env.Topology.Get(at.IndexOfTerm(term, TopologySlots.TermDof));
            T scaled = scale * env.Constants.Get(at.Coefficients + term);
            for (int other = first; other < first + count; other++)
            {
                int column = env.Topology.Get(at.IndexOfTerm(other, TopologySlots.TermDof));
                int reach = env.Topology.Get(
                    env.At.IndexOfDof(column, TopologySlots.DofLast));
                if (column <= row && row <= reach)
                {
                    int slot = matrix + (row * env.At.DofCount) + column;
                    T entry = env.Constants.Get(at.Coefficients + other);
                    env.Work.Set(slot, T.Fma(scaled, entry, env.Work.Get(slot)));
                }
            }
        }
    }
}
