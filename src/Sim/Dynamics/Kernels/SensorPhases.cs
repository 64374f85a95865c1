using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Sensors of joints, tendons and actuators, and the cut of all sensors (MuJoCo, engine_sensor.c).
/// </summary>
internal static class SensorPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Numbers that are in the workspace already.</summary>
    public static void Scalars(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int sensor = 0; sensor < env.At.Sensors.Count; sensor++)
        {
            int index = env.At.Sensors.IndexOf(sensor, 0);
            int from = Source(env, index);
            if (from >= 0)
            {
                int to = env.At.Sensors.Values + env.Topology.Get(index + SensorSlots.Address);
                int count = env.Topology.Get(index + SensorSlots.Dimension);
                for (int k = 0; k < count; k++)
                {
                    env.Work.Set(to, k, env.Work.Get(from, k));
                }
            }
        }
    }

    /// <summary>
    /// Limits of slides and hinges: 0 where none acts, the lower before the upper.
    /// </summary>
    public static void Limits(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int sensor = 0; sensor < env.At.Sensors.Count; sensor++)
        {
            int index = env.At.Sensors.IndexOf(sensor, 0);
            int kind = env.Topology.Get(index + SensorSlots.Kind);
            if (kind is (int)SensorKind.JointLimitPosition
                or (int)SensorKind.JointLimitVelocity
                or (int)SensorKind.JointLimitForce)
            {
                int dof = env.Topology.Get(index + SensorSlots.Target);
                T value = T.Of(0);
                if (env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofHasLimit)) != 0)
                {
                    value = Limit(env, kind, dof);
                }

                env.Work.Set(
                    env.At.Sensors.Values + env.Topology.Get(index + SensorSlots.Address),
                    value);
            }
        }
    }

    /// <summary>No value beyond its cutoff.</summary>
    public static void Cut(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int sensor = 0; sensor < env.At.Sensors.Count; sensor++)
        {
            int index = env.At.Sensors.IndexOf(sensor, 0);
            int cut = env.Topology.Get(index + SensorSlots.Cut);
            if (cut != 0)
            {
                T most = env.Constants.Get(env.At.Sensors.Of(sensor, SensorSlots.Cutoff));
                int first =
                    env.At.Sensors.Values + env.Topology.Get(index + SensorSlots.Address);
                int count = env.Topology.Get(index + SensorSlots.Dimension);
                for (int k = first; k < first + count; k++)
                {
                    T value = T.Min(env.Work.Get(k), most);
                    env.Work.Set(k, cut == 1 ? T.Max(value, -most) : value);
                }
            }
        }
    }

    // Slot of the number in the workspace, or -1.
    private static int Source(in Env<T, TWork, TConst, TIndex> env, int index)
    {
        int kind = env.Topology.Get(index + SensorSlots.Kind);
        int target = env.Topology.Get(index + SensorSlots.Target);
        return kind switch
        {
            (int)SensorKind.JointPosition => env.At.Position + target,
            (int)SensorKind.JointVelocity => env.At.Velocity + target,
            (int)SensorKind.BallAngularVelocity => env.At.Velocity + target,
            (int)SensorKind.TendonPosition => env.At.Tendons.Length + target,
            (int)SensorKind.TendonVelocity => env.At.Tendons.Velocity + target,
            (int)SensorKind.ActuatorPosition => env.At.Drives.Length + target,
            (int)SensorKind.ActuatorVelocity => env.At.Drives.Velocity + target,
            (int)SensorKind.ActuatorForce => env.At.Drives.Force + target,
            (int)SensorKind.JointActuatorForce => env.At.ActuatorJointForce + target,
            (int)SensorKind.Clock => env.At.Time,
            _ => -1,
        };
    }

    private static T Limit(in Env<T, TWork, TConst, TIndex> env, int kind, int dof)
    {
        TWork work = env.Work;
        int block = env.At.OfDof(dof, 0);
        int place = env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofPosition));
        T position = work.Get(env.At.Position + place);
        T margin = env.Constants.Get(block, ConstantSlots.Margin);
        T low = position - env.Constants.Get(block, ConstantSlots.RangeMin) - margin;
        T high = env.Constants.Get(block, ConstantSlots.RangeMax) - position - margin;
        T lower;
        T upper;
        if (kind == (int)SensorKind.JointLimitPosition)
        {
            lower = low;
            upper = high;
        }
        else if (kind == (int)SensorKind.JointLimitVelocity)
        {
            lower = work.Get(env.At.Velocity + dof);
            upper = -lower;
        }
        else
        {
            int row = Layout.RowsPerDof * dof;
            lower = Push(env, row + LimitSide.Lower);
            upper = Push(env, row + LimitSide.Upper);
        }

        T zero = T.Of(0);
        return T.Where(-low, lower, T.Where(-high, upper, zero));
    }

    private static T Push(in Env<T, TWork, TConst, TIndex> env, int row)
    {
        T residual = T.Min(env.Work.Get(env.At.RowResidual + row), T.Of(0));
        return -env.Work.Get(env.At.RowWeight + row) * residual;
    }
}
