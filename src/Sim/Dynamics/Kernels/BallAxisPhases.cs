using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// The motion axes of ball and free joints, once all bodies have their frames. Legend as in
/// KinematicPhases.
/// </summary>
internal static class BallAxisPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>s of every ball and free joint, whose axes are the body's own.</summary>
    public static void BallAxes(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int joint = 0; joint < env.At.JointCount; joint++)
        {
            int block = env.At.IndexOfJoint(joint, 0);
            int kind = env.Topology.Get(block, TopologySlots.JointKind);
            int motion = env.At.Motion
                + (6 * env.Topology.Get(block, TopologySlots.JointDof));
            int rotation = env.At.Rotation
                + (9 * env.Topology.Get(block, TopologySlots.JointBody));
            if (kind == (int)JointType.Ball)
            {
                MakeBallAxes(env, motion, rotation);
            }
            else if (kind == (int)JointType.Free)
            {
                MakeFreeAxes(env, motion, rotation);
            }
        }
    }

    // s_k = (R e_k, anchor × R e_k), with the anchor where BodyFrames left it.
    private static void MakeBallAxes(
        in Env<T, TWork, TConst, TIndex> env, int motion, int rotation)
    {
        for (int k = 2; k >= 0; k--)
        {
            for (int row = 0; row < 3; row++)
            {
                env.Work.Set(motion + (6 * k) + row, env.Work.Get(rotation + (3 * row) + k));
            }

            KinematicPhases<T, TWork, TConst, TIndex>.SetMoment(env, motion + (6 * k), motion + 3);
        }
    }

    // Translations along the world's axes; rotations about the point of the tree, which the body's
    // origin is.
    private static void MakeFreeAxes(
        in Env<T, TWork, TConst, TIndex> env, int motion, int rotation)
    {
        for (int k = 0; k < 3; k++)
        {
            for (int row = 0; row < 3; row++)
            {
                env.Work.Set(motion + (6 * k) + row, T.Of(0));
                env.Work.Set(motion + (6 * k) + 3 + row, k == row ? T.Of(1) : T.Of(0));
                env.Work.Set(
                    motion + 18 + (6 * k) + row, env.Work.Get(rotation + (3 * row) + k));
                env.Work.Set(motion + 18 + (6 * k) + 3 + row, T.Of(0));
            }
        }
    }
}
