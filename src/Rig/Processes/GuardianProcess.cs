using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Devices.Guardian;
using HilRig.Devices.Power;
using HilRig.Devices.Virtual.Panel;
using HilRig.Rig.PacketClocked;
using HilRig.Rig.Stops;

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
            RigDescription rig = WithPanel(arguments.LoadServoRig());
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
        using IEmergencyStop? emergencyStop = OpenReleased(rig);
        using GuardedPower? power = GuardedPower.TurnOn(rig, log);
        EmergencyStopCategory category =
            rig.EmergencyStop?.Category ?? EmergencyStopCategory.StopWithPower;
        var options = GuardianOptions.For(rig.DeadmanSeconds, SupportingThreads.IsRealTime);
        using var guardian = new GuardianLoop(
            options, rig, key, page, RigClock.Create(), log, emergencyStop, () =>
            {
                if (category == EmergencyStopCategory.RemovePower)
                {
                    power?.Cut("emergency stop");
                }
            });
        ready(new ReadyLine { Role = "guardian", Pid = Environment.ProcessId });
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(hostEnded, stop);
        GuardianOutcome outcome = guardian.Run(ending.Token);
        if (outcome == GuardianOutcome.TookOverUnconfirmed && !page.GuardianStopAcknowledged)
        {
            power?.Cut("not every servo has confirmed that it holds");
        }
        else if (category == EmergencyStopCategory.StopThenRemovePower
            && StopFacts.Read(page).Cause == StopReason.EmergencyStop)
        {
            power?.Cut("the rig stands after its emergency stop");
        }

        return outcome switch
        {
            GuardianOutcome.NothingToGuard or GuardianOutcome.AgentEnded => 0,
            GuardianOutcome.TookOver or GuardianOutcome.TookOverUnconfirmed => ChildMain.Failed,
        };
    }

    // An emulated rig has its emergency stop and its power switch beside its emulated port.
    private static RigDescription WithPanel(RigDescription rig)
    {
        string panel = VirtualPanel.PathOf(rig.Buses[0].Port);
        return rig with
        {
            EmergencyStop = rig.EmergencyStop is { Kind: EmergencyStopKind.Virtual } button
                ? button with { Chip = panel }
                : rig.EmergencyStop,
            Power = rig.Power is { Kind: PowerSwitchKind.Virtual } power
                ? power with { Port = panel }
                : rig.Power,
        };
    }

    private static IEmergencyStop? OpenReleased(RigDescription rig)
    {
        if (rig.EmergencyStop is not { } described)
        {
            return null;
        }

        IEmergencyStop input = EmergencyStops.Open(described);
        EmergencyStopStatus status = input.Read();
        if (status == EmergencyStopStatus.Released)
        {
            return input;
        }

        string name = input.Name;
        input.Dispose();
        throw new DeviceException(
            status == EmergencyStopStatus.Pressed
                ? "The emergency stop is pressed"
                : "The emergency stop cannot be read, which counts as pressed",
            name,
            "a closed contact: released, and its wire whole",
            status.ToString(),
            "look at the rig, release the button, mend its wire");
    }

    /// <summary>
    /// Clears a rig's latched stop: the explicit act of a person who has looked at it.
    /// </summary>
    /// <param name="arguments">Which rig.</param>
    /// <returns>The stop that was latched; null when there was none.</returns>
    /// <exception cref="DeviceException">The rig's processes are running.</exception>
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
