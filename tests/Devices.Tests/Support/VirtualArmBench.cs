using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Core.Sessions;
using HilRig.Core.Time;
using HilRig.Devices.Agent;
using HilRig.Devices.Agent.RealTime;
using HilRig.Devices.Buses;
using HilRig.Devices.Tests.Virtual;
using HilRig.Devices.Virtual;
using HilRig.Devices.Virtual.Server;

namespace HilRig.Devices.Tests.Support;

/// <summary>
/// The agent's loop on its own thread, connected by the normal connector to six virtual servos at
/// wire pace behind a pseudo-terminal.
/// </summary>
internal sealed class VirtualArmBench : IDisposable
{
    public const int ServoCount = 6;
    public const long Period = 4_000_000;
    private readonly string _pagePath = Path.Combine(
        TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N") + ".page");
    private readonly ConnectedBus _bus;
    private readonly Thread _thread;
    private readonly CancellationTokenSource _ending = new();

    public VirtualArmBench(double deadmanSeconds = 0.1)
    {
        VirtualArmOptions options = ServoBench.Options(
            [.. Enumerable.Repeat(ShippedServos.At12Volts, ServoCount)]);
        Server = VirtualBusServer.Start(new VirtualBusOptions { FifoPriority = 60 }, new VirtualArm(
            options,
            new PendulumLoad([.. Enumerable.Repeat(PendulumParameters.Wheel, ServoCount)])));
        Rig = TestRigs.OfServos(ServoCount, Server.PortName) with
        {
            DeadmanSeconds = deadmanSeconds,
        };
        _bus = new ServoBusConnector(Rig.Buses[0], ExpectedServo.OnBus(Rig, "servo")).Connect();
        Channel = new DirectChannel(ServoCount);
        Page = HeartbeatPage.Create(_pagePath);
        var actuators = new RigActuators(new JointActuatorMap(Rig), [_bus.Bus]);
        Loop = new AgentLoop(new AgentOptions(), Rig, Channel, actuators, Clock, Page);
        _thread = new Thread(() =>
        {
            using RealTimeKit kit = RealTimeKit.Enter(new RealTimeOptions
            {
                MemoryLocking = MemoryLocking.None,
            });
            Loop.Run(_ending.Token);
        });
        _thread.Start();
    }

    public VirtualBusServer Server { get; }

    public RigDescription Rig { get; }

    public DirectChannel Channel { get; }

    public HeartbeatPage Page { get; }

    public AgentLoop Loop { get; }

    public IRigClock Clock { get; } = RigClock.Create();

    public JointState State { get; } = new(ServoCount);

    public AgentReport Report
    {
        get
        {
            var report = new AgentReport();
            Channel.CopyReport(report);
            return report;
        }
    }

    /// <summary>Takes states as they come until the newest one satisfies a condition.</summary>
    public void WaitFor(Func<JointState, bool> condition, CancellationToken cancelled)
    {
        while (!Channel.TryReadState(State) || !condition(State))
        {
            cancelled.ThrowIfCancellationRequested();
            Clock.SleepUntil(Clock.NowNanoseconds + 1_000_000);
        }
    }

    public void Dispose()
    {
        _ending.Cancel();
        _thread.Join();
        _bus.Dispose();
        Server.Dispose();
        Page.Dispose();
        Channel.Dispose();
        _ending.Dispose();
        File.Delete(_pagePath);
    }
}
