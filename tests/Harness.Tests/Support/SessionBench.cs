using HilRig.Core.Ports;
using HilRig.Harness.Episodes;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Episodes.RealTime;
using HilRig.Harness.Episodes.Resets;
using HilRig.Harness.RealTime;
using HilRig.Harness.Running;

namespace HilRig.Harness.Tests.Support;

/// <summary>
/// A session on a fake plant and a fake clock. The conductor is polled by the clock before time
/// goes on, so that a session is the same in every run and takes no time.
/// </summary>
internal sealed class SessionBench : IDisposable
{
    public SessionBench()
    {
        Scene = new BlockScene(Clock);
        Operator = new SpokenOperator(Scene);
        Plant = new FakePlant(["a", "b"], 0.02, Clock) { Initial = [0, 0] };
    }

    public FakeClock Clock { get; } = new();

    public BlockScene Scene { get; }

    public SpokenOperator Operator { get; }

    public FakePlant Plant { get; init; }

    public MemorySink Sink { get; init; } = new();

    public IEpisodeStore Store { get; init; } = new MemoryStore();

    public TouchTask Task { get; } = new();

    public IActionSource? Hand { get; init; }

    public bool HasSensor { get; init; } = true;

    public double VelocityMax { get; init; } = 5;

    public double RangeOfB { get; init; } = 3;

    /// <summary>Bytes that polls allocated since the loop began to count its own.</summary>
    public long PolledBytes { get; private set; }

    public IOperatorInput? OtherOperator { get; set; }

    /// <summary>Called before each tick, once the conductor was polled.</summary>
    public Action? Between { get; set; }

    public SessionOptions Options { get; init; } = new()
    {
        Reset = new ResetOptions { ConfirmTimeout = TimeSpan.FromSeconds(30) },
    };

    public MemoryStore Memory => (MemoryStore)Store;

    public IEpisodePolicy Script() => new ScriptPolicy(Task.CreateDemonstrator(0, 0));

    public SessionResult Run(IEpisodeProgramme programme)
    {
        IOperatorInput person = OtherOperator ?? Operator;
        using var session = new RigSession(new SessionParts
        {
            Setting = new SessionSetting
            {
                Task = Task,
                Joints =
                [
                    Bounds.Of("a", velocity: VelocityMax),
                    Bounds.Of("b", RangeOfB, VelocityMax),
                ],
                LoopPeriod = TimeSpan.FromMilliseconds(10),
                Scene = HasSensor ? Scene : null,
                Hand = Hand,
            },
            Options = Options,
            Plant = Plant,
            Sink = Sink,
            Clock = Clock,
            Programme = programme,
            Store = Store,
            Operator = person,
            Views = person is ISessionView own && own != Operator ? [own, Operator] : [Operator],
            Diagnose = () => "servo 3 fell silent",
        });
        int ticks = 0;
        Clock.Ready = () =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            session.Conductor.Poll(Clock.LastNanoseconds);
            Between?.Invoke();
            long polled = GC.GetAllocatedBytesForCurrentThread() - before;
            PolledBytes += ticks++ > ControlLoop.WarmUpTicks ? polled : 0;
            return true;
        };
        LoopOutcome outcome = session.RunLoop(CancellationToken.None);
        Clock.Ready = null;
        return session.Conclude(outcome);
    }

    public void Dispose() => Sink.Dispose();
}
