using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Devices.Agent;
using HilRig.Devices.Buses;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Tests.Buses;
using HilRig.Devices.Tests.Support;

namespace HilRig.Devices.Tests.Agent;

/// <summary>Two buses of one servo each, on lines that can be unplugged.</summary>
internal sealed class RigBusesTests
{
    private readonly List<FakeLine> _lines = [];
    private readonly List<string> _opened = [];
    private bool _isAbsent;

    [SetUp]
    public void PlugIn()
    {
        _lines.Clear();
        _opened.Clear();
        _isAbsent = false;
    }

    [TearDown]
    public void PutAway() => _lines.ForEach(line => line.Dispose());

    [Test]
    public void Only_the_lost_bus_is_connected_again_and_its_old_port_is_closed_first()
    {
        using RigBuses buses = Connect();
        IReadOnlyList<FeetechBus> before = buses.Buses;
        _lines[1].Unplug();
        IReadOnlyList<FeetechBus>? after = buses.TryReconnect();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after, Has.Count.EqualTo(2));
            Assert.That(after![0], Is.SameAs(before[0]));
            Assert.That(after[1], Is.Not.SameAs(before[1]));
            Assert.That(after[1].IsOpen, Is.True);
            Assert.That(_opened, Is.EqualTo(new[] { "port1", "port2", "port2" }));
            Assert.That(after[1].Ping(2, out ServoErrors _), Is.EqualTo(BusStatus.Ok));
        }
    }

    [Test]
    public void A_bus_that_stays_away_is_no_answer_and_may_be_tried_again_later()
    {
        using RigBuses buses = Connect();
        FeetechBus lost = buses.Buses[1];
        _lines[1].Unplug();
        _isAbsent = true;
        Assert.That(buses.TryReconnect(), Is.Null);
        Assert.That(
            lost.Ping(2, out ServoErrors _), Is.EqualTo(BusStatus.Lost), "a value, no exception");
        _isAbsent = false;
        Assert.That(buses.TryReconnect(), Has.Count.EqualTo(2));
    }

    [Test]
    public void A_bus_without_servos_is_named()
    {
        RigDescription rig = Rig();
        rig = rig with
        {
            Buses = [.. rig.Buses, new BusDescription("spare", "port3", 1_000_000, "feetech-sts")],
        };
        Assert.That(
            () => RigBuses.Connect(rig),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("spare"));
    }

    private static RigDescription Rig() => TestRigs.OfJoints(
        [
            TestRigs.Joint("shoulder", TestRigs.Actuator(1)),
            TestRigs.Joint("elbow", TestRigs.Actuator(2, "servo1")),
        ],
        "port1",
        "port2");

    private RigBuses Connect() => RigBuses.Connect(
        Rig(), (bus, servos) => new ServoBusConnector(bus, servos, Open, new InstantTime()));

    private FakeLine Open(string port, int baud)
    {
        if (_isAbsent)
        {
            throw new DeviceException("the serial port does not exist");
        }

        Assert.That(
            _lines.Where((_, index) => _opened[index] == port).All(line => line.IsDisposed),
            Is.True,
            "the port is free");
        var line = new FakeLine(new FakeServo(port == "port1" ? (byte)1 : (byte)2)) { Baud = baud };
        _lines.Add(line);
        _opened.Add(port);
        return line;
    }
}
