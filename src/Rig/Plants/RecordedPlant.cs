using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Time;

namespace HilRig.Rig.Plants;

/// <summary>
/// A recording of a real arm as a plant. It sets the pace itself (device-clocked): each recorded
/// row is a packet that arrives at its recorded time. Commands are taken and change nothing; what
/// the arm did has happened already.
/// </summary>
public sealed class RecordedPlant : IPlant, ITickSource
{
    private readonly RecordedRows _rows;
    private readonly IRigClock _clock;
    private readonly DeviceClockFilter _filter = new();
    private long _startNanoseconds;
    private long _plannedNanoseconds;
    private long _answeredCommand;
    private int _row = -1;
    private int _readRow = -1;
    private bool _stopped;

    /// <summary>Makes a plant of a recording.</summary>
    /// <param name="description">Name and joints; one column of the rows per joint.</param>
    /// <param name="rows">What was measured.</param>
    /// <param name="clock">Paces the replay.</param>
    public RecordedPlant(PlantDescription description, RecordedRows rows, IRigClock clock)
    {
        Description = description;
        _rows = rows;
        _clock = clock;
    }

    /// <inheritdoc/>
    public PlantDescription Description { get; }

    /// <inheritdoc/>
    public ITickSource? DeviceClock => this;

    /// <inheritdoc/>
    public void Start(JointState initial)
    {
        _row = -1;
        _readRow = -1;
        _stopped = false;
        _startNanoseconds = _clock.NowNanoseconds - _rows.TimeNanoseconds[0];
        Fill(initial, 0, _startNanoseconds + _rows.TimeNanoseconds[0]);
    }

    /// <inheritdoc/>
    public TickStatus WaitNext(out Tick tick)
    {
        int row = _row + 1;
        if (_stopped || row >= _rows.Count)
        {
            tick = default;
            return TickStatus.Ended;
        }

        long deviceNanoseconds = _rows.TimeNanoseconds[row];
        _clock.SleepUntil(_startNanoseconds + deviceNanoseconds);
        long arrival = _clock.NowNanoseconds;
        _plannedNanoseconds = _filter.Arrived(deviceNanoseconds, arrival);
        _row = row;
        tick = new Tick(row, _plannedNanoseconds, arrival, PeriodAfter(row), 0);
        return TickStatus.Due;
    }

    /// <inheritdoc/>
    public PlantStatus TryRead(JointState state)
    {
        if (_stopped)
        {
            return PlantStatus.Stopped;
        }

        if (_readRow == _row)
        {
            return PlantStatus.NoNewState;
        }

        _readRow = _row;
        Fill(state, _row, _plannedNanoseconds);
        return PlantStatus.Ok;
    }

    /// <inheritdoc/>
    public PlantStatus Write(in Tick tick, JointCommand command)
    {
        _answeredCommand = command.Sequence;
        return _stopped ? PlantStatus.Stopped : PlantStatus.Ok;
    }

    /// <inheritdoc/>
    public PlantStatus Stop(StopReason reason)
    {
        _stopped = true;
        return PlantStatus.Ok;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private long PeriodAfter(int row) => row + 1 < _rows.Count
        ? _rows.TimeNanoseconds[row + 1] - _rows.TimeNanoseconds[row]
        : _rows.TimeNanoseconds[row] - _rows.TimeNanoseconds[row - 1];

    private void Fill(JointState state, int row, long sampledNanoseconds)
    {
        int dofCount = Description.DofCount;
        for (int dof = 0; dof < dofCount; dof++)
        {
            state.Position[dof] = _rows.Position[(row * dofCount) + dof];
            state.Velocity[dof] = _rows.Velocity[(row * dofCount) + dof];
            state.Effort[dof] = double.NaN;
        }

        state.Sequence = row + 1;
        state.AnsweredCommandSequence = _answeredCommand;
        state.SampledNanoseconds = sampledNanoseconds;
        state.Health = PlantHealth.Armed;
        state.FreshJoints = dofCount == 64 ? ulong.MaxValue : (1UL << dofCount) - 1;
        state.Stamps = new HopStamps { StateReceived = _clock.NowNanoseconds };
    }
}
