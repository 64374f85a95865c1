using HilRig.Bridge.Host;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Cli.Bench;

/// <summary>
/// The loop's side of the bridge: writes on the grid, reads at the next tick, never waits.
/// </summary>
internal sealed class BridgeRoundTrips : IDisposable
{
    private const int DrainTicks = 50;
    private readonly IRigClock _clock;
    private readonly RemotePlant _plant;
    private readonly JointCommand _command;
    private readonly JointState _state;
    private readonly long[] _written;
    private readonly long[] _arrived;

    /// <summary>Connects and arms.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="endpoint">Where the agent listens.</param>
    /// <param name="periodNanoseconds">Time between commands.</param>
    /// <param name="count">Most commands there will be.</param>
    public BridgeRoundTrips(IRigClock clock, string endpoint, long periodNanoseconds, int count)
    {
        var options = BridgeEcho.Options();
        _clock = clock;
        _plant = RemotePlant.Connect(new RemotePlantOptions
        {
            Endpoint = endpoint,
            Description = new PlantDescription(options.RigName, options.Joints),
            RigName = options.RigName,
            RigSha256 = options.RigSha256,
            Period = TimeSpan.FromTicks(Math.Max(1, periodNanoseconds / 100)),

            // Every command is to be answered, however late: an expired one would hide its latency.
            ValidityTicks = 1_000_000,
            LostTimeout = TimeSpan.FromSeconds(5),
        });
        _command = new JointCommand(options.Joints.Count);
        _state = new JointState(options.Joints.Count);
        _written = new long[count + 1];
        _arrived = new long[count + 1];
        _plant.Rearm();
        _plant.Start(_state);
        _command.Position.AsSpan().Fill(0.25);
    }

    /// <summary>When each command was written, ns, by sequence.</summary>
    public ReadOnlySpan<long> Written => _written;

    /// <summary>When its answer arrived, ns, by sequence; 0 for never.</summary>
    public ReadOnlySpan<long> Arrived => _arrived;

    /// <summary>What the link counted.</summary>
    public LinkCounters Counters => _plant.Counters;

    /// <summary>Bytes the loop's thread allocated.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Sends one command a tick and gathers the answers.</summary>
    /// <param name="source">The grid.</param>
    public void Run(GridTickSource source)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (source.WaitNext(out Tick tick) == TickStatus.Due)
        {
            Gather();
            _command.Sequence++;
            _written[_command.Sequence] = _clock.NowNanoseconds;
            _plant.Write(tick, _command);
        }

        for (int i = 0; i < DrainTicks && _arrived[_command.Sequence] == 0; i++)
        {
            _clock.SleepUntil(_clock.NowNanoseconds + 1_000_000);
            Gather();
        }

        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Stops the agent and ends the session.</summary>
    public void Dispose() => _plant.Dispose();

    private void Gather()
    {
        while (_plant.TryRead(_state) == PlantStatus.Ok)
        {
            if (_state.AnsweredCommandSequence > 0)
            {
                _arrived[_state.AnsweredCommandSequence] = _state.Stamps.StateReceived;
            }
        }
    }
}
