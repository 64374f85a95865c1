using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Core.Time;
using HilRig.Devices.Agent.RealTime;

namespace HilRig.Devices.Guardian.Rehearsal;

/// <summary>
/// Takes over buses that do not exist, once, before the guardian watches: what one needs is
/// then compiled and loaded, which would otherwise cost tens of ms while the arm still moves. It
/// proves as well that the rig's posture can be carried out on this machine.
/// </summary>
internal static class TakeoverRehearsal
{
    /// <summary>Rehearses the takeover of a rig; takes about 0.1 s.</summary>
    /// <param name="options">How patient the guardian is.</param>
    /// <param name="rig">The rig; its own ports are not touched.</param>
    /// <param name="page">The rig's page.</param>
    /// <param name="clock">The rig's clock.</param>
    /// <param name="log">Says when it did not work; the guardian watches all the same.</param>
    public static void Run(
        GuardianOptions options,
        RigDescription rig,
        HeartbeatPage page,
        IRigClock clock,
        GuardianLog log)
    {
        List<RehearsalLine> lines = [];
        try
        {
            lines.AddRange(rig.Buses.Select(bus => new RehearsalLine(bus, ServosOn(rig, bus))));
            RigDescription stage = rig with
            {
                Buses = [.. lines.Select(line => line.Bus)],
                SafePosture = rig.SafePosture with
                {
                    HoldSeconds = 0,
                    RestPosition = new Dictionary<string, double>(),
                },
            };
            var takeover = new RigTakeover(
                options, stage, page, clock, new GuardianLog(TextWriter.Null));
            PosturePhase reached = takeover.Run(() => { });
            if (reached != PosturePhase.Reached)
            {
                log.Write(clock.NowNanoseconds, "rehearsal", $"ended in {reached}");
            }
        }
        catch (DeviceException error)
        {
            log.Write(clock.NowNanoseconds, "rehearsal", error.Message);
        }
        finally
        {
            lines.ForEach(line => line.Dispose());
        }
    }

    private static IEnumerable<byte> ServosOn(RigDescription rig, BusDescription bus) => rig.Joints
        .SelectMany(joint => joint.Actuators)
        .Where(servo => servo.Bus == bus.Name)
        .Select(servo => servo.Id);
}
