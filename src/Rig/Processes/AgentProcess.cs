using HilRig.Bridge.Agent;
using HilRig.Bridge.SharedMemory;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Devices.Agent;
using HilRig.Devices.Agent.RealTime;
using HilRig.Devices.Guardian;

namespace HilRig.Rig.Processes;

/// <summary>`hilrig agent`: owns the buses of a rig and acts on the commands of one host.</summary>
public static class AgentProcess
{
    /// <summary>Runs the agent until its host asks it to end or has ended.</summary>
    /// <param name="arguments">Which rig, on which ports.</param>
    /// <param name="stop">Ends it in order: safe posture first.</param>
    /// <returns>0 when the rig is left safe, else 50.</returns>
    public static int Run(ProcessArguments arguments, CancellationToken stop) =>
        ChildMain.Run("agent", arguments.IsSupervised, (ready, hostEnded) =>
        {
            RigDescription rig = arguments.LoadServoRig();
            RigKey key = arguments.KeyOf(rig);
            LatchedStop? latched = new RigLatch(key).Read();
            using HeartbeatPage page = arguments.PagePath is { } path
                ? HeartbeatPage.Open(path)
                : HeartbeatPage.Create(key.PathOf(".page"));
            using RigBuses buses = RigBuses.Connect(rig, stop);
            using AgentBridge bridge = Open(rig, key);
            var actuators = new RigActuators(new JointActuatorMap(rig), buses.Buses);
            var options = new AgentOptions
            {
                LatchedStop = latched?.Reason ?? StopReason.None,
                RequireGuardian = true,
                GuardianSilenceMax = GuardianOptions.GuardianSilenceMax(
                    rig.DeadmanSeconds, SupportingThreads.IsRealTime),
            };
            var loop = new AgentLoop(
                options,
                rig,
                bridge,
                actuators,
                RigClock.Create(),
                page,
                buses.TryReconnect);
            return Serve(loop, bridge, ready, hostEnded, stop);
        });

    private static AgentBridge Open(RigDescription rig, RigKey key) => AgentBridge.Open(new()
    {
        RigName = rig.Name,
        RigSha256 = rig.Sha256,
        Joints = [.. rig.Joints.Select(joint => joint.Describe())],
        Deadman = TimeSpan.FromSeconds(rig.DeadmanSeconds),
        SharedMemoryPath = LanePlace.Of(key.FileName),
    });

    private static int Serve(
        AgentLoop loop,
        AgentBridge bridge,
        Action<ReadyLine> ready,
        CancellationToken hostEnded,
        CancellationToken stop)
    {
        // The last registered is called first: the reason must be there before the loop ends.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(hostEnded, stop);
        using CancellationTokenRegistration registration =
            hostEnded.Register(() => loop.RequestStop(StopReason.HostDied));
        return RunOnOwnThread(loop, bridge, ready, ending.Token) ? 0 : ChildMain.Failed;
    }

    private static bool RunOnOwnThread(
        AgentLoop loop, AgentBridge bridge, Action<ReadyLine> ready, CancellationToken ending)
    {
        bool isSafe = false;
        var thread = new Thread(() =>
        {
            using RealTimeKit kit = RealTimeKit.Enter(LoopOptions.Agent);
            ready(new ReadyLine
            {
                Role = "agent",
                Pid = Environment.ProcessId,
                Endpoint = bridge.Endpoint,
                Remarks = [.. kit.Grants.Where(grant => !grant.Granted)
                    .Select(grant => grant.Describe())],
            });
            kit.Begin();
            isSafe = loop.Run(ending);
            Console.Error.WriteLine("agent: " + kit.Conclude().Describe());
        })
        {
            Name = "agent loop",
        };
        thread.Start();
        thread.Join();
        return isSafe;
    }
}
