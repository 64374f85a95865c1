using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Forces that take a part of each body's weight from it: -part · m g at the centre of mass
/// (MuJoCo, engine_passive.c, gravcomp). Legend: h = m c, s = motion axis.
/// </summary>
internal static class GravityPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>
    /// The force on each dof. Uses the inertias of single bodies, so it comes before they are
    /// gathered.
    /// </summary>
    public static void Compensate(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int k = 0; k < 6 * env.At.BodyCount; k++)
        {
            env.Work.Set(env.At.GravityWrench + k, T.Of(0));
        }

        for (int body = env.At.BodyCount - 1; body > 0; body--)
        {
            int block = Layout.IndexOfBody(body, 0);
            if (env.Topology.Get(block, TopologySlots.BodyMoves) == 0)
            {
                continue;
            }

            int wrench = env.At.GravityWrench + (6 * body);
            AddWeight(env, body, wrench);
            int first = env.Topology.Get(block, TopologySlots.BodyFirstDof);
            int count = env.Topology.Get(block, TopologySlots.BodyDofCount);
            for (int dof = first; dof < first + count; dof++)
            {
                T sum = T.Of(0);
                for (int k = 0; k < 6; k++)
                {
                    sum = T.Fma(
                        env.Work.Get(env.At.Motion + (6 * dof) + k),
                        env.Work.Get(wrench, k),
                        sum);
                }

                env.Work.Set(env.At.GravityCompensation + dof, sum);
            }

            int above = env.At.GravityWrench
                + (6 * env.Topology.Get(block, TopologySlots.BodyCarrier));
            for (int k = 0; k < 6; k++)
            {
                env.Work.Set(above, k, env.Work.Get(above, k) + env.Work.Get(wrench, k));
            }
        }
    }

    // wrench -= part · (h × g, m g).
    private static void AddWeight(in Env<T, TWork, TConst, TIndex> env, int body, int wrench)
    {
        TWork work = env.Work;
        T part = env.Constants.Get(
            Layout.OfBody(body, ConstantSlots.BodyGravityCompensation));
        int inertia = env.At.Inertia + (10 * body);
        T gx = part * env.Constants.Get(ConstantSlots.Gravity);
        T gy = part * env.Constants.Get(ConstantSlots.Gravity, 1);
        T gz = part * env.Constants.Get(ConstantSlots.Gravity, 2);
        T hx = work.Get(inertia, 6);
        T hy = work.Get(inertia, 7);
        T hz = work.Get(inertia, 8);
        T mass = work.Get(inertia, 9);
        work.Set(wrench, work.Get(wrench) - T.Fnma(hz, gy, hy * gz));
        work.Set(wrench, 1, work.Get(wrench, 1) - T.Fnma(hx, gz, hz * gx));
        work.Set(wrench, 2, work.Get(wrench, 2) - T.Fnma(hy, gx, hx * gy));
        work.Set(wrench, 3, T.Fnma(mass, gx, work.Get(wrench, 3)));
        work.Set(wrench, 4, T.Fnma(mass, gy, work.Get(wrench, 4)));
        work.Set(wrench, 5, T.Fnma(mass, gz, work.Get(wrench, 5)));
    }
}
