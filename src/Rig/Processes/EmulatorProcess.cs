using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Core.Time;
using HilRig.Devices.Virtual;
using HilRig.Devices.Virtual.Panel;
using HilRig.Devices.Virtual.Scenes;
using HilRig.Devices.Virtual.Server;
using HilRig.Rig.Faults;
using HilRig.Rig.Files;
using HilRig.Rig.PacketClocked;
using HilRig.Rig.Virtual;

namespace HilRig.Rig.Processes;

/// <summary>
/// `hilrig emulate`: serves a rig's virtual arm on a pseudo-terminal or over TCP.
/// </summary>
public static class EmulatorProcess
{
    // The guardian and the agent still need the bus when the host has died; then it falls silent.
    private const long SilenceNanoseconds = 1_000_000_000;
    private const long FarewellNanosecondsMax = 30_000_000_000;
    private const long LookNanoseconds = 50_000_000;

    /// <summary>Serves until told to end.</summary>
    /// <param name="rigPath">Rig file with a 'virtual' block.</param>
    /// <param name="options">Port, logs, pace.</param>
    /// <param name="isSupervised">Whether standard input is the parent's pipe.</param>
    /// <param name="stop">Ends serving at once.</param>
    /// <returns>Exit code.</returns>
    public static int Run(
        string rigPath, VirtualBusOptions options, bool isSupervised, CancellationToken stop)
    {
        var faults = new EmulatorFaults();
        return ChildMain.Run("emulate", isSupervised, (ready, parentEnded) =>
        {
            RigDescription rig = RigFile.Load(rigPath);
            if (rig is { IsPacketClocked: true, Virtual: not null })
            {
                return PacketEmulator.Run(rig, options, ready, parentEnded, stop);
            }

            VirtualArm arm = VirtualRig.Build(rig);
            using VirtualBusServer server = VirtualBusServer.Start(
                options with { Baud = rig.Buses[0].Baud }, arm);
            if (rig.NeedsPanel)
            {
                server.Offer(VirtualPanel.Create(
                    VirtualPanel.PathOf(server.PortName),
                    isCoilOn: rig.Power?.Kind != PowerSwitchKind.Virtual));
            }

            if (arm.ObjectCount > 0)
            {
                server.Offer(ScenePage.Create(
                    ScenePage.PathOf(server.PortName), arm.ObjectCount));
            }

            ready(new ReadyLine
            {
                Role = "emulate",
                Pid = Environment.ProcessId,
                Endpoint = server.PortName,
            });
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, parentEnded);
            bool isServing = faults.Serve(server, either.Token);
            if (isServing && !stop.IsCancellationRequested)
            {
                AwaitSilence(server, stop);
            }

            return isServing ? 0 : ChildMain.Failed;
        }, faults.Take);
    }

    private static void AwaitSilence(VirtualBusServer server, CancellationToken stop)
    {
        IRigClock clock = RigClock.Create();
        long start = clock.NowNanoseconds;
        long lastPacket = start;
        long packets = server.PacketCount;
        for (long now = start;
            now - lastPacket < SilenceNanoseconds
                && now - start < FarewellNanosecondsMax
                && !stop.IsCancellationRequested;
            now = clock.NowNanoseconds)
        {
            clock.SleepUntil(now + LookNanoseconds);
            if (server.PacketCount != packets)
            {
                packets = server.PacketCount;
                lastPacket = clock.NowNanoseconds;
            }
        }
    }
}
