using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Core.Sessions;
using HilRig.Devices.Agent;
using HilRig.Devices.Agent.RealTime;
using HilRig.Devices.Buses;
using HilRig.Devices.Buses.RealTime;

namespace HilRig.Devices.Tests.Support;

/// <summary>An agent's loop over servos in memory, a scripted channel and a fake clock.</summary>
internal sealed class AgentBench : IDisposable
{
    public const long Period = 4_000_000;
    private readonly string _pagePath = Path.Combine(
        TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N") + ".page");
    private readonly FeetechBus _bus;
    private readonly JointCommand _command;

    public AgentBench(
        int servoCount = 3,
        AgentOptions? options = null,
        SafePosture? posture = null,
        string capability = "position",
        Func<IReadOnlyList<FeetechBus>?>? reconnect = null)
    {
        Rig = TestRigs.OfServos(servoCount, posture: posture) with { Capabilities = [capability] };
        Servos = new InMemoryServos([.. Enumerable.Range(1, servoCount).Select(id => (byte)id)]);
        _bus = NewBus();
        Clock = new FakeClock();
        Channel = new ScriptedChannel(Clock, servoCount);
        Page = HeartbeatPage.Create(_pagePath);
        var actuators = new RigActuators(new JointActuatorMap(Rig), [_bus]);
        Loop = new AgentLoop(
            options ?? new AgentOptions(), Rig, Channel, actuators, Clock, Page, reconnect);
        _command = new JointCommand(servoCount);
        Array.Fill(_command.TorqueEnabled, true);
        Array.Fill(_command.Position, 0);
    }

    public RigDescription Rig { get; }

    public InMemoryServos Servos { get; }

    public FakeClock Clock { get; }

    public ScriptedChannel Channel { get; }

    public HeartbeatPage Page { get; }

    public AgentLoop Loop { get; }

    /// <summary>
    /// The command that the next <see cref="SendAndStep"/> sends; stamps are set by it.
    /// </summary>
    public JointCommand Command => _command;

    /// <summary>Another bus to the same servos.</summary>
    public FeetechBus NewBus() => new(
        Servos, new BusTiming { Baud = 1_000_000, AdapterLatencyNanoseconds = 0 });

    public AgentBench Armed()
    {
        Loop.Begin();
        Ask(AgentRequest.Arm);
        Assert.That(Loop.Health, Is.EqualTo(PlantHealth.Armed));
        return this;
    }

    public void Ask(AgentRequest request)
    {
        Channel.Ask(request);
        Loop.Step();
    }

    /// <summary>
    /// One period passes, then a command with the next sequence is sent and acted on.
    /// </summary>
    public void SendAndStep(SessionKey? key = null)
    {
        Clock.NowNanoseconds += Period;
        _command.Sequence++;
        Stamp();
        Channel.Send(_command, key);
        Loop.Step();
    }

    public void Stamp()
    {
        _command.PlannedNanoseconds = Clock.NowNanoseconds - 10;
        _command.CreatedNanoseconds = Clock.NowNanoseconds - 5;
        _command.ValidUntilNanoseconds = Clock.NowNanoseconds + 2 * Period;
    }

    public void StepUntil(long nanoseconds)
    {
        Channel.HorizonNanoseconds = nanoseconds;
        while (Clock.NowNanoseconds < nanoseconds)
        {
            Loop.Step();
        }

        Channel.HorizonNanoseconds = long.MaxValue;
    }

    public void Dispose()
    {
        Page.Dispose();
        _bus.Dispose();
        File.Delete(_pagePath);
    }
}
