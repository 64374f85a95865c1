using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Core.Time;
using HilRig.Devices.Agent;
using HilRig.Devices.Agent.RealTime;
using HilRig.Devices.Buses;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Registers;
using HilRig.Devices.Transports;

namespace HilRig.Devices.Guardian;

/// <summary>
/// Opens the buses of a dead agent and brings the rig to its safe posture. It does not shake hands
/// and configures nothing: a servo that is missing must not keep the others from being held.
/// </summary>
internal sealed class RigTakeover(
    GuardianOptions options,
    RigDescription rig,
    HeartbeatPage page,
    IRigClock clock,
    GuardianLog log)
{
    private const long StepNanoseconds = 5_000_000;

    /// <summary>Takes over, once the agent is gone.</summary>
    /// <param name="onAcknowledged">
    /// Called when every servo has confirmed, before any lowering.
    /// </param>
    /// <returns>
    /// How far it came. Only Reached is the whole posture: Holding and Lowering say that every
    /// servo confirmed the hold and the lowering was cut off.
    /// </returns>
    public PosturePhase Run(Action onAcknowledged)
    {
        var map = new JointActuatorMap(rig);
        List<FeetechBus> buses = [];
        try
        {
            OpenAll(buses);
            return TakePosture(map, new RigActuators(map, buses), onAcknowledged);
        }
        catch (DeviceException error)
        {
            log.Write(clock.NowNanoseconds, "fault", error.Message);
            return PosturePhase.Idle;
        }
        finally
        {
            buses.ForEach(bus => bus.Dispose());
        }
    }

    // The lock of a killed process is released a little after its death.
    private void OpenAll(List<FeetechBus> buses)
    {
        long giveUp = clock.NowNanoseconds + Nanoseconds(options.PortTimeout);
        foreach (BusDescription bus in rig.Buses)
        {
            while (true)
            {
                page.GuardianBeatNanoseconds = clock.NowNanoseconds;
                try
                {
                    buses.Add(Open(bus));
                    break;
                }
                catch (DeviceException) when (clock.NowNanoseconds < giveUp)
                {
                    clock.SleepUntil(clock.NowNanoseconds + StepNanoseconds);
                }
            }
        }
    }

    private static FeetechBus Open(BusDescription bus) => new(
        TransportFactory.Open(bus.Port, bus.Baud),
        new BusTiming
        {
            Baud = bus.Baud,
            ReturnDelayNanoseconds = FeetechUnits.ReturnDelayToNanoseconds(Sts3215.ReturnDelay.Max),
        });

    private PosturePhase TakePosture(
        JointActuatorMap map, RigActuators actuators, Action onAcknowledged)
    {
        var posture = new SafePostureRoutine(rig, map, actuators);
        posture.Begin();
        bool wasAcknowledged = false;
        long giveUp = clock.NowNanoseconds + Nanoseconds(options.PostureTimeout);
        while (posture.Phase != PosturePhase.Reached && clock.NowNanoseconds < giveUp)
        {
            long now = clock.NowNanoseconds;
            page.GuardianBeatNanoseconds = now;
            if (!actuators.ReadAll())
            {
                log.Write(now, "fault", "the bus is gone");
                break;
            }

            posture.Step(now);
            if (posture.IsAcknowledged && !wasAcknowledged)
            {
                wasAcknowledged = true;
                giveUp = now + Nanoseconds(options.PostureTimeout) + posture.LoweringNanosecondsMax;
                onAcknowledged();
            }

            clock.SleepUntil(now + StepNanoseconds);
        }

        Describe(map, posture);
        return posture.Phase;
    }

    private void Describe(JointActuatorMap map, SafePostureRoutine posture)
    {
        for (int a = 0; a < map.ActuatorCount; a++)
        {
            if (!posture.IsConfirmed(a))
            {
                log.Write(
                    clock.NowNanoseconds,
                    "fault",
                    $"servo {map.Actuator(a).Id} of bus {map.Actuator(a).Bus} "
                        + "did not confirm the posture");
            }
        }

        log.Write(clock.NowNanoseconds, "posture", posture.Phase.ToString());
    }

    private static long Nanoseconds(TimeSpan time) =>
        time.Ticks * (1_000_000 / TimeSpan.TicksPerMillisecond);
}
