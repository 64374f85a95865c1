using HilRig.Bridge.Host;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Cli.Bench.Commands;

/// <summary>
/// The host's side of the command bench: a loop on the grid that moves the first joint by one tick
/// of its encoder with every command, and notes when it handed each to the plant.
/// </summary>
internal sealed class CommandTurns
{
    private const long PeriodNanoseconds = 1_000_000;
    private const long LeadNanoseconds = 20_000_000;
    private const double TicksPerRadian = 4096 / (2 * Math.PI);

    // Up and down over 600 ticks (0.92 rad): no goal comes again within half a second, except
    // around the turning points, where arrivals are matched in their order.
    private const int Travel = 600;
    private const int WarmUpTicks = 100;
    private readonly IRigClock _clock = RigClock.Create();
    private readonly RemotePlant _plant;
    private readonly JointCommand _command;
    private readonly JointState _state;

    /// <summary>Makes turns on a plant.</summary>
    /// <param name="plant">The rig's plant, disarmed.</param>
    public CommandTurns(RemotePlant plant)
    {
        _plant = plant;
        _command = new JointCommand(plant.Description.DofCount);
        _state = new JointState(plant.Description.DofCount);
    }

    /// <summary>Bytes the loop's thread allocated.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Ticks that were skipped.</summary>
    public long MissedTicks { get; private set; }

    /// <summary>A short turn that does not count, so that every call has been made once.</summary>
    public void WarmUp()
    {
        Span<long> sent = stackalloc long[WarmUpTicks];
        Span<int> goals = stackalloc int[WarmUpTicks];
        Run(sent, goals);
        AllocatedBytes = 0;
        MissedTicks = 0;
    }

    /// <summary>Arms, sends commands at 1 kHz, and stops.</summary>
    /// <param name="sent">Receives when each command was sent, ns; 0 for a skipped tick.</param>
    /// <param name="goals">Receives the goal of the first servo in each.</param>
    /// <exception cref="Core.Errors.RigException">The rig does not arm.</exception>
    public void Run(Span<long> sent, Span<int> goals)
    {
        _plant.Rearm();
        _plant.Start(_state);
        _state.Position.CopyTo(_command.Position, 0);
        _command.TorqueEnabled.AsSpan().Fill(true);
        int start = (int)Math.Round(2048 + _command.Position[0] * TicksPerRadian);
        long before = GC.GetAllocatedBytesForCurrentThread();
        long first = _clock.NowNanoseconds + LeadNanoseconds;
        long due = first;
        for (int i = 0; i < sent.Length; i++, due += PeriodNanoseconds)
        {
            _clock.SleepUntil(due);
            long now = _clock.NowNanoseconds;
            while (_plant.TryRead(_state) == PlantStatus.Ok)
            {
            }

            int phase = i % (2 * Travel);
            goals[i] = start + (phase < Travel ? phase : 2 * Travel - phase);
            _command.Position[0] = (goals[i] - 2048) / TicksPerRadian;
            _command.Sequence++;
            var tick = new Tick(i, due, now, PeriodNanoseconds, 0);
            MissedTicks += now - due > PeriodNanoseconds ? 1 : 0;
            sent[i] = _clock.NowNanoseconds;
            _plant.Write(tick, _command);
        }

        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
        _plant.Stop(StopReason.Requested);
    }

    /// <summary>Finds when each command's bytes arrived.</summary>
    /// <param name="sent">When each was sent, ns.</param>
    /// <param name="goals">Its goal.</param>
    /// <param name="arrivals">Every arrival at the servos, in order.</param>
    /// <returns>Latencies of those that arrived, ns, in order of sending.</returns>
    public static List<long> Match(
        ReadOnlySpan<long> sent,
        ReadOnlySpan<int> goals,
        IReadOnlyList<(long Nanoseconds, int Goal)> arrivals)
    {
        const long WindowNanoseconds = 100_000_000;
        var latency = new List<long>(sent.Length);
        int next = 0;
        for (int i = 0; i < sent.Length; i++)
        {
            while (next < arrivals.Count && arrivals[next].Nanoseconds < sent[i])
            {
                next++;
            }

            for (int at = next; at < arrivals.Count
                && arrivals[at].Nanoseconds < sent[i] + WindowNanoseconds; at++)
            {
                if (arrivals[at].Goal == goals[i])
                {
                    latency.Add(arrivals[at].Nanoseconds - sent[i]);
                    next = at + 1;
                    break;
                }
            }
        }

        return latency;
    }
}
