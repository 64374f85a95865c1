using HilRig.Bridge.Host;
using HilRig.Bridge.SharedMemory;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Time;

namespace HilRig.Cli.Bench;

/// <summary>
/// The host of the bridge bench: writes a command and waits for the state that answers it.
/// </summary>
internal sealed class BridgeTrips : IDisposable
{
    private const long SettleNanoseconds = 300_000_000;
    private const long PatienceNanoseconds = 1_000_000_000;
    private readonly IRigClock _clock;
    private readonly JointCommand _command;
    private readonly JointState _state;

    /// <summary>Connects and arms.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="address">Where the agent is.</param>
    /// <param name="waiting">How the shared-memory lane waits.</param>
    public BridgeTrips(IRigClock clock, string address, LaneWaiting waiting)
    {
        var options = BridgeEcho.Options();
        _clock = clock;
        Plant = RemotePlant.Connect(new RemotePlantOptions
        {
            Endpoint = address,
            Description = new PlantDescription(options.RigName, options.Joints),
            RigName = options.RigName,
            RigSha256 = options.RigSha256,
            Period = TimeSpan.FromMilliseconds(1),
            Waiting = waiting,

            // Every command is to be answered, however late: an expired one would hide its latency.
            ValidityTicks = 1_000_000,
            LostTimeout = TimeSpan.FromSeconds(10),
        });
        _command = new JointCommand(options.Joints.Count);
        _state = new JointState(options.Joints.Count);
        Plant.Rearm();
        Plant.Start(_state);
        _command.Position.AsSpan().Fill(0.25);
    }

    /// <summary>The plant.</summary>
    public RemotePlant Plant { get; }

    /// <summary>Commands whose answer did not come within a second.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Round trips, one a period or in a closed loop.</summary>
    /// <param name="count">How many.</param>
    /// <param name="periodNanoseconds">Time between two; 0: at once.</param>
    /// <param name="taken">Receives the time of each that was answered, ns.</param>
    /// <returns>How many were answered.</returns>
    public int Run(int count, long periodNanoseconds, Span<long> taken)
    {
        int answered = 0;
        long due = _clock.NowNanoseconds + periodNanoseconds;
        for (int i = 0; i < count; i++)
        {
            if (periodNanoseconds > 0)
            {
                _clock.SleepUntil(due);
            }

            long begun = _clock.NowNanoseconds;
            if (TryTrip(begun, periodNanoseconds))
            {
                taken[answered % taken.Length] = _clock.NowNanoseconds - begun;
                answered++;
            }
            else
            {
                Unanswered++;
            }

            long now = _clock.NowNanoseconds;
            while (periodNanoseconds > 0 && due <= now)
            {
                due += periodNanoseconds;
            }
        }

        return answered;
    }

    /// <summary>Commands on a grid of 1 kHz with the validity of a run, and reads along.</summary>
    /// <param name="goesOn">Asked before each.</param>
    public void Drive(Func<bool> goesOn)
    {
        const long PeriodNanoseconds = 1_000_000;
        long planned = _clock.NowNanoseconds;
        while (goesOn())
        {
            planned = Math.Max(planned + PeriodNanoseconds, _clock.NowNanoseconds);
            _clock.SleepUntil(planned);
            while (Plant.TryRead(_state) == PlantStatus.Ok)
            {
            }

            _command.Sequence++;
            _command.PlannedNanoseconds = planned;
            _command.ValidUntilNanoseconds = planned + (2 * PeriodNanoseconds);
            Plant.Write(new Tick(0, planned, planned, PeriodNanoseconds, 0), _command);
        }

        // The last one on its way: closing a socket drops what it still holds.
        _clock.SleepUntil(_clock.NowNanoseconds + SettleNanoseconds);
    }

    /// <summary>Stops the agent and ends the session.</summary>
    public void Dispose() => Plant.Dispose();

    private bool TryTrip(long begun, long periodNanoseconds)
    {
        _command.Sequence++;
        var tick = new Tick(0, begun, begun, Math.Max(1_000_000, periodNanoseconds), 0);
        long giveUp = begun + PatienceNanoseconds;
        if (Plant.Write(tick, _command) != PlantStatus.Ok)
        {
            return false;
        }

        while (true)
        {
            Plant.WaitForState(giveUp);
            while (Plant.TryRead(_state) == PlantStatus.Ok)
            {
                if (_state.AnsweredCommandSequence == _command.Sequence)
                {
                    return true;
                }
            }

            if (_clock.NowNanoseconds >= giveUp)
            {
                return false;
            }
        }
    }
}
