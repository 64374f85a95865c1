using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Core.Time;
using HilRig.Devices.PacketClocked;
using HilRig.Devices.Virtual.Server;
using HilRig.Rig.Plants;
using HilRig.Rig.Processes;

namespace HilRig.Rig.PacketClocked;

/// <summary>`hilrig emulate` of a rig whose controller sets the pace.</summary>
internal static class PacketEmulator
{
    private const long LookNanoseconds = 20_000_000;
    private const long FarewellNanosecondsMax = 5_000_000_000;

    /// <summary>Serves until told to end, and then until the arm rests.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="options">Event log and priority.</param>
    /// <param name="ready">Takes the ready line.</param>
    /// <param name="parentEnded">Ends serving once the arm rests.</param>
    /// <param name="stop">Ends serving at once.</param>
    /// <returns>Exit code.</returns>
    public static int Run(
        RigDescription rig,
        VirtualBusOptions options,
        Action<ReadyLine> ready,
        CancellationToken parentEnded,
        CancellationToken stop)
    {
        using PacketController controller = Start(rig, options);
        ready(new ReadyLine
        {
            Role = "emulate",
            Pid = Environment.ProcessId,
            Endpoint = controller.Endpoint,
        });
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, parentEnded);
        either.Token.WaitHandle.WaitOne();
        IRigClock clock = RigClock.Create();
        long end = clock.NowNanoseconds + FarewellNanosecondsMax;
        while (!stop.IsCancellationRequested
            && !controller.IsAtRest
            && clock.NowNanoseconds < end)
        {
            clock.SleepUntil(clock.NowNanoseconds + LookNanoseconds);
        }

        return 0;
    }

    private static PacketController Start(RigDescription rig, VirtualBusOptions options)
    {
        VirtualRigDescription described = rig.Virtual!;
        var arm = new SimulatedClockedArm(
            TwinModel.Load(described.ModelPath, rig.Arms[0] with { ZeroKeyframe = null }),
            [.. rig.Joints.Select(joint => joint.ModelJoint)],
            rig.Joints.Select(joint =>
                described.InitialPosition.GetValueOrDefault(joint.Name)).ToArray());
        return PacketController.Start(
            new PacketControllerOptions
            {
                Port = options.TcpPort,
                Limits = [.. rig.Joints.Select(joint => new JointLimits(
                    joint.HardLimits.Min,
                    joint.HardLimits.Max,
                    joint.VelocityMax,
                    joint.EffortMax))],
                RigDigest = rig.Digest,
                FifoPriority = options.FifoPriority,
                EventLogPath = options.EventLogPath,
            },
            arm);
    }
}
