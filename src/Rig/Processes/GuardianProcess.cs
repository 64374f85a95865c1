using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Devices.Guardian;
using HilRig.Rig.PacketClocked;

namespace HilRig.Rig.Processes;

/// <summary>`hilrig guardian`: owns the stop of a rig when its agent or host dies.</summary>
public static class GuardianProcess
{
    /// <summary>Watches until the agent has ended, by itself or by the guardian.</summary>
    /// <param name="arguments">Which rig, on which ports, watched by which page.</param>
    /// <param name="stop">The same as the host's end: the rig is made safe first.</param>
    /// <returns>0 when the agent ended in order; 50 when the guardian had to act.</returns>
    public static int Run(ProcessArguments arguments, CancellationToken stop) =>
        ChildMain.Run("guardian", arguments.IsSupervised, (ready, hostEnded) =>
        {
            RigDescription rig = arguments.LoadServoRig();
            RigKey key = arguments.KeyOf(rig);
            using HeartbeatPage page = HeartbeatPage.Open(
                arguments.PagePath ?? key.PathOf(".page"));

            // A file of its own: the pipe to the host's log ends with the host.
            using var log = new StreamWriter(key.PathOf(".guardian.jsonl"), append: true)
            {
                AutoFlush = true,
            };
            using RealTimeKit kit = RealTimeKit.Enter(LoopOptions.Guardian);
            return Watch(rig, key, page, log, ready, hostEnded, stop);
        });

    private static int Watch(
        RigDescription rig,
        RigKey key,
        HeartbeatPage page,
        TextWriter log,
        Action<ReadyLine> ready,
        CancellationToken hostEnded,
        CancellationToken stop)
    {
        using GuardedPower? power = GuardedPower.TurnOn(rig, log);
        var options = GuardianOptions.For(rig.DeadmanSeconds, SupportingThreads.IsRealTime);
        using var guardian = new GuardianLoop(options, rig, key, page, RigClock.Create(), log);
        ready(new ReadyLine { Role = "guardian", Pid = Environment.ProcessId });
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(hostEnded, stop);
        GuardianOutcome outcome = guardian.Run(ending.Token);
        if (outcome == GuardianOutcome.TookOverUnconfirmed && !page.GuardianStopAcknowledged)
        {
            power?.Cut("not every servo has confirmed that it holds");
        }

        return outcome switch
        {
            GuardianOutcome.NothingToGuard or GuardianOutcome.AgentEnded => 0,
            GuardianOutcome.TookOver or GuardianOutcome.TookOverUnconfirmed => ChildMain.Failed,
        };
    }

    /// <summary>
    /// Clears a rig's latched stop: the explicit act of a person who has looked at it.
    /// </summary>
    /// <param name="arguments">Which rig.</param>
    /// <returns>The stop that was latched; null when there was none.</returns>
    /// <exception cref="Core.Errors.DeviceException">The rig's processes are running.</exception>
    public static LatchedStop? Rearm(ProcessArguments arguments)
    {
        RigDescription rig = arguments.LoadRig();
        if (rig.IsPacketClocked)
        {
            PacketRig.Rearm(rig);
            return null;
        }

        RigKey key = arguments.KeyOf(rig);
        using RigLease lease = RigLease.Acquire(key, "rearm");
        var latch = new RigLatch(key);
        LatchedStop? stop = latch.Read();
        latch.Clear();
        return stop;
    }
}
