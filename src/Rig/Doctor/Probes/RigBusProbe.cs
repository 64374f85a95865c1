using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Devices.Buses;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Registers;
using HilRig.Devices.Transports;
using HilRig.Rig.Processes;

namespace HilRig.Rig.Doctor.Probes;

/// <summary>
/// Asks the buses of a rig how fast they are. It only reads: no register is written and nothing
/// moves. The port is taken as an agent takes it, so a rig that is in use is refused.
/// </summary>
internal static class RigBusProbe
{
    private const int Cycles = 200;
    private const int WarmUpCycles = 20;
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Asks, on the calling thread, which should have an agent's priority; starts the emulator of a
    /// virtual rig and ends it again.
    /// </summary>
    /// <param name="rig">The rig.</param>
    /// <exception cref="Core.Errors.RigException">A port cannot be opened.</exception>
    public static IReadOnlyList<BusReport> Run(RigDescription rig)
    {
        if (rig.Buses.All(bus => bus.Port != "virtual"))
        {
            return [.. rig.Buses.Select(bus => Look(rig, bus))];
        }

        using ChildProcess emulator = ChildProcess.Start(
            "emulate", [rig.Path, "--supervised"], ChildEnvironment.Plain, TextWriter.Null,
            ReadyTimeout);
        RigDescription there = ProcessArguments.WithPorts(
            rig, [$"{rig.Buses[0].Name}={emulator.Ready.Endpoint}"]);
        return [.. there.Buses.Select(bus => Look(there, bus))];
    }

    private static BusReport Look(RigDescription rig, BusDescription description)
    {
        using var bus = new FeetechBus(
            TransportFactory.Open(description.Port, description.Baud),
            new BusTiming
            {
                Baud = description.Baud,
                ReturnDelayNanoseconds =
                    FeetechUnits.ReturnDelayToNanoseconds(Sts3215.ReturnDelay.Max),
            });
        ServoReport[] servos =
        [
            .. ExpectedServo.OnBus(rig, description.Name).Select(servo => Ask(bus, servo)),
        ];
        byte[] ids =
        [
            .. servos.Where(servo => servo.Answers).Select(servo => (byte)servo.Id),
        ];
        long[] spent = ids.Length == 0 ? [] : Cycle(new ServoGroup(bus, ids));
        return new BusReport(
            description.Name,
            description.Port,
            description.Baud,
            servos,
            LatencySummary.Of(spent),
            ids.Length == 0 ? 0 : Cycles - spent.Length);
    }

    private static ServoReport Ask(FeetechBus bus, ExpectedServo servo)
    {
        bool answers = IsAnswer(bus.Ping(servo.Id, out _));
        int count = 0;
        bool hasDelay =
            answers && IsAnswer(bus.Read(servo.Id, Sts3215.ReturnDelay, out count));
        return new ServoReport(
            servo.Id,
            servo.Joint,
            answers,
            hasDelay ? Microseconds(count) : null,
            Microseconds(servo.Registers.GetValueOrDefault(Sts3215.ReturnDelay.Name)));
    }

    private static long[] Cycle(ServoGroup group)
    {
        var spent = new List<long>(Cycles);
        for (int cycle = -WarmUpCycles; cycle < Cycles; cycle++)
        {
            long start = MonotonicClock.NowNanoseconds;
            bool isWhole = IsAnswer(group.ReadAll());
            if (isWhole && cycle >= 0)
            {
                spent.Add(MonotonicClock.NowNanoseconds - start);
            }
        }

        return [.. spent];
    }

    private static double Microseconds(int returnDelay) =>
        FeetechUnits.ReturnDelayToNanoseconds(returnDelay) / 1e3;

    private static bool IsAnswer(BusStatus status) =>
        status is BusStatus.Ok or BusStatus.DeviceError;
}
