using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// The order in which sensors are computed, each at the state before the step. Only what the
/// model's sensors need is.
/// </summary>
internal static class CpuSensors<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const MethodImplOptions Apart = MethodImplOptions.NoInlining;

    /// <summary>All sensors.</summary>
    public static void Sense(in Env<T, TWork, TConst, TIndex> env)
    {
        int needs = env.Topology.Get(env.At.Sensors.Needs);
        if ((needs & (int)SensorNeeds.Scalars) != 0)
        {
            Scalars(env);
            Limits(env);
        }

        if ((needs & (int)SensorNeeds.Accelerations) != 0)
        {
            AddAccelerations(env);
        }

        if ((needs & (int)SensorNeeds.Forces) != 0)
        {
            BodyInertias(env);
            BodyForces(env);
            ClearWrenches(env);
            AddContacts(env);
            AddEqualities(env);
            GatherForces(env);
        }

        for (int sensor = 0; sensor < env.At.Sensors.Count; sensor++)
        {
            int kind = env.Topology.Get(env.At.Sensors.IndexOf(sensor, SensorSlots.Kind));
            Measure(env, sensor, kind);
        }

        Cut(env);
    }

    private static void Measure(in Env<T, TWork, TConst, TIndex> env, int sensor, int kind)
    {
        switch ((SensorKind)kind)
        {
            case SensorKind.BallQuaternion:
                Ball(env, sensor);
                break;
            case SensorKind.FrameQuaternion:
                FrameQuaternion(env, sensor);
                break;
            case SensorKind.FramePosition:
            case SensorKind.FrameXAxis:
            case SensorKind.FrameYAxis:
            case SensorKind.FrameZAxis:
                Load(env, sensor);
                Pose(env, sensor, kind);
                break;
            case SensorKind.Velocimeter:
            case SensorKind.Gyro:
            case SensorKind.FrameLinearVelocity:
            case SensorKind.FrameAngularVelocity:
                Load(env, sensor);
                Velocity(env, sensor, kind);
                break;
            case SensorKind.Accelerometer:
            case SensorKind.FrameLinearAcceleration:
            case SensorKind.FrameAngularAcceleration:
                Load(env, sensor);
                Acceleration(env, sensor, kind);
                break;
            case SensorKind.Force:
            case SensorKind.Torque:
                Load(env, sensor);
                Force(env, sensor, kind);
                break;
            case SensorKind.Touch:
                Load(env, sensor);
                Touch(env, sensor);
                break;
            case SensorKind.SubtreeCenter:
            case SensorKind.SubtreeLinearVelocity:
            case SensorKind.SubtreeAngularMomentum:
                Average(env, sensor);
                WriteSubtree(env, sensor, kind);
                break;
        }
    }

    [MethodImpl(Apart)]
    private static void Scalars(in Env<T, TWork, TConst, TIndex> env) =>
        SensorPhases<T, TWork, TConst, TIndex>.Scalars(env);

    [MethodImpl(Apart)]
    private static void Limits(in Env<T, TWork, TConst, TIndex> env) =>
        SensorPhases<T, TWork, TConst, TIndex>.Limits(env);

    [MethodImpl(Apart)]
    private static void Cut(in Env<T, TWork, TConst, TIndex> env) =>
        SensorPhases<T, TWork, TConst, TIndex>.Cut(env);

    [MethodImpl(Apart)]
    private static void AddAccelerations(in Env<T, TWork, TConst, TIndex> env) =>
        BodySensorPhases<T, TWork, TConst, TIndex>.AddAccelerations(env);

    [MethodImpl(Apart)]
    private static void BodyInertias(in Env<T, TWork, TConst, TIndex> env) =>
        InertiaPhases<T, TWork, TConst, TIndex>.BodyInertias(env);

    [MethodImpl(Apart)]
    private static void BodyForces(in Env<T, TWork, TConst, TIndex> env) =>
        BodyForcePhases<T, TWork, TConst, TIndex>.BodyForces(env);

    [MethodImpl(Apart)]
    private static void ClearWrenches(in Env<T, TWork, TConst, TIndex> env) =>
        BodySensorPhases<T, TWork, TConst, TIndex>.ClearWrenches(env);

    [MethodImpl(Apart)]
    private static void AddContacts(in Env<T, TWork, TConst, TIndex> env) =>
        BodySensorPhases<T, TWork, TConst, TIndex>.AddContacts(env);

    [MethodImpl(Apart)]
    private static void AddEqualities(in Env<T, TWork, TConst, TIndex> env) =>
        BodySensorPhases<T, TWork, TConst, TIndex>.AddEqualities(env);

    [MethodImpl(Apart)]
    private static void GatherForces(in Env<T, TWork, TConst, TIndex> env) =>
        BodySensorPhases<T, TWork, TConst, TIndex>.GatherForces(env);

    [MethodImpl(Apart)]
    private static void Ball(in Env<T, TWork, TConst, TIndex> env, int sensor) =>
        QuaternionSensorPhases<T, TWork, TConst, TIndex>.Ball(env, sensor);

    [MethodImpl(Apart)]
    private static void FrameQuaternion(in Env<T, TWork, TConst, TIndex> env, int sensor) =>
        QuaternionSensorPhases<T, TWork, TConst, TIndex>.Frame(env, sensor);

    [MethodImpl(Apart)]
    private static void Load(in Env<T, TWork, TConst, TIndex> env, int sensor) =>
        FrameSensorPhases<T, TWork, TConst, TIndex>.Load(env, sensor);

    [MethodImpl(Apart)]
    private static void Pose(in Env<T, TWork, TConst, TIndex> env, int sensor, int kind) =>
        FrameSensorPhases<T, TWork, TConst, TIndex>.Pose(env, sensor, kind);

    [MethodImpl(Apart)]
    private static void Velocity(in Env<T, TWork, TConst, TIndex> env, int sensor, int kind) =>
        FrameSensorPhases<T, TWork, TConst, TIndex>.Velocity(env, sensor, kind);

    [MethodImpl(Apart)]
    private static void Acceleration(in Env<T, TWork, TConst, TIndex> env, int sensor, int kind) =>
        FrameSensorPhases<T, TWork, TConst, TIndex>.Acceleration(env, sensor, kind);

    [MethodImpl(Apart)]
    private static void Force(in Env<T, TWork, TConst, TIndex> env, int sensor, int kind) =>
        FrameSensorPhases<T, TWork, TConst, TIndex>.Force(env, sensor, kind);

    [MethodImpl(Apart)]
    private static void Touch(in Env<T, TWork, TConst, TIndex> env, int sensor) =>
        TouchSensorPhases<T, TWork, TConst, TIndex>.Touch(env, sensor);

    [MethodImpl(Apart)]
    private static void Average(in Env<T, TWork, TConst, TIndex> env, int sensor) =>
        SubtreeSensorPhases<T, TWork, TConst, TIndex>.Average(env, sensor);

    [MethodImpl(Apart)]
    private static void WriteSubtree(in Env<T, TWork, TConst, TIndex> env, int sensor, int kind) =>
        SubtreeSensorPhases<T, TWork, TConst, TIndex>.Write(env, sensor, kind);
}
