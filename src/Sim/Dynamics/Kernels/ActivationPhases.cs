using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// What the time constants of activations become for a time step (MuJoCo, engine_support.c,
/// mj_nextActivation). Writes constants; not part of a step.
/// </summary>
internal static class ActivationPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const double Smallest = 1e-15;

    /// <summary>Rate and effective step of each activation.</summary>
    public static void Derive(in Env<T, TWork, TConst, TIndex> env)
    {
        T step = env.Constants.Get(ConstantSlots.TimeStep);
        for (int actuator = 0; actuator < env.At.ActuatorCount; actuator++)
        {
            int block = env.At.OfActuator(actuator, 0);
            T time = T.Max(
                T.Of(Smallest), env.Constants.Get(block, ConstantSlots.TimeConstant));
            T leak = env.Constants.Get(block, ConstantSlots.ActivationLeak);
            bool exact = env.Topology.Get(
                env.At.IndexOfActuator(actuator, TopologySlots.ActuatorIsExact)) != 0;
            T one = T.Of(1);
            env.Constants.Set(
                block, ConstantSlots.ActivationRate, T.Where(leak, one / time, one));
            env.Constants.Set(
                block, ConstantSlots.ActivationStep,
                exact ? time * (one - T.Exp(-step / time)) : step);
        }
    }
}
