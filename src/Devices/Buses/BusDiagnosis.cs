using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Transports;

namespace HilRig.Devices.Buses;

/// <summary>Finds out why not every servo answered as expected. May take a second or two.</summary>
internal sealed class BusDiagnosis
{
    // 250 ids in a second; a servo that is slower is found by its own id anyway.
    private const long ScanLatencyNanoseconds = 4_000_000;
    private readonly BusDescription _description;
    private readonly IReadOnlyList<ExpectedServo> _expected;
    private readonly Func<string, int, IByteTransport> _open;

    public BusDiagnosis(
        BusDescription description,
        IReadOnlyList<ExpectedServo> expected,
        Func<string, int, IByteTransport> open)
    {
        _description = description;
        _expected = expected;
        _open = open;
    }

    /// <summary>
    /// Looks at the bus again and says what is wrong. Closes <paramref name="bus"/>.
    /// </summary>
    /// <param name="bus">The open bus.</param>
    /// <param name="answered">Expected servos that answered.</param>
    public DeviceException Explain(FeetechBus bus, IReadOnlyList<ServoIdentity> answered)
    {
        if (!bus.IsOpen)
        {
            bus.Dispose();
            return Error(
                "the port was lost during the handshake",
                "nothing: the device is gone",
                "check the USB cable and the adapter");
        }

        if (answered.Count == 0)
        {
            bus.Dispose();
            return FindBaud() is (int baud, byte id)
                ? Error(
                    $"the servos talk at {baud} baud, not at {_description.Baud}",
                    $"servo {id} answers at {baud} baud",
                    $"set 'baud: {baud}' for bus '{_description.Name}' in the rig file")
                : Error(
                    "no servo answers at any baud rate",
                    "silence",
                    "switch the supply on, check the cable to the first servo, and the adapter's "
                    + "jumper (it must be on USB, not on UART)");
        }

        IReadOnlyList<ServoIdentity> present = ScanIds(bus, answered);
        bus.Dispose();
        return ExplainDifference(present);
    }

    private DeviceException ExplainDifference(IReadOnlyList<ServoIdentity> present)
    {
        string found = string.Join(", ", present);
        var missing = _expected.Where(servo => present.All(one => one.Id != servo.Id)).ToList();
        if (missing.Count > 0)
        {
            string which = string.Join(", ", missing);
            return Error(
                missing.Count == 1
                    ? $"servo {which} does not answer"
                    : $"servos {which} do not answer",
                found,
                "check the cable into the first missing servo, or correct its id in the rig file");
        }

        ExpectedServo wrong = _expected.First(servo => present.Any(
            one => one.Id == servo.Id && one.ModelNumber != servo.Model.ModelNumber));
        return Error(
            $"servo {wrong.Id} ({wrong.Joint}) is of another model",
            found,
            "correct the model in the rig file, or swap the servo");
    }

    private DeviceException Error(string what, string found, string remedy) => new(
        what,
        where: $"{_description.Port} (bus '{_description.Name}', {_description.Baud} baud)",
        expected: string.Join(", ", _expected),
        found: found,
        remedy: remedy);

    // One ping each; the answered ones are known already.
    private static List<ServoIdentity> ScanIds(
        FeetechBus bus, IReadOnlyList<ServoIdentity> answered)
    {
        bus.Timing = bus.Timing with { AdapterLatencyNanoseconds = ScanLatencyNanoseconds };
        var present = new List<ServoIdentity>();
        for (int id = 0; id <= FeetechPacket.ServoIdMax; id++)
        {
            int known = answered.ToList().FindIndex(one => one.Id == id);
            if (known >= 0)
            {
                present.Add(answered[known]);
            }
            else if (ServoBusConnector.TryIdentify(bus, (byte)id, 0, out ServoIdentity identity))
            {
                present.Add(identity);
            }
        }

        return present;
    }

    private (int Baud, byte Id)? FindBaud()
    {
        if (TransportFactory.HasNoBaud(_description.Port))
        {
            return null;
        }

        foreach (int baud in FeetechUnits.BaudRates.Where(rate => rate != _description.Baud))
        {
            using var bus = new FeetechBus(
                _open(_description.Port, baud), ServoBusConnector.Unmeasured(baud));
            foreach (ExpectedServo servo in _expected)
            {
                if (ServoBusConnector.IsAnswer(bus.Ping(servo.Id, out _, budgetEndNanoseconds: 0)))
                {
                    return (baud, servo.Id);
                }
            }
        }

        return null;
    }
}
