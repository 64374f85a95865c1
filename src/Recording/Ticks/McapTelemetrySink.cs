using Google.Protobuf.WellKnownTypes;
using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Core.Telemetry;
using HilRig.Core.Time;
using HilRig.Recording.Mcap;

namespace HilRig.Recording.Ticks;

/// <summary>
/// Records ticks and remarks as MCAP. Message times are Unix ns: log time is when the tick was
/// recorded, publish time when it was planned (real states: sampled), so any viewer shows the
/// latency. Calls may come from any thread; in steady state a tick allocates nothing.
/// </summary>
/// <remarks>
/// Never throws on append: when the disk refuses, the file is cut back to its last whole record and
/// stays NAME.partial, <see cref="Status"/> changes and later ticks are dropped. A tick is safe
/// from kill -9 within the chunk span (1 s by default); stops and faults at once.
/// </remarks>
public sealed class McapTelemetrySink : ITelemetrySink
{
    private readonly Lock _gate = new();
    private readonly McapWriter _writer;
    private readonly IRigClock _clock;
    private readonly WallClockOffset _wall;
    private readonly int _dofCount;
    private readonly Protos.Tick _tick;
    private readonly Protos.JointState _real;
    private readonly Protos.JointState _twin;
    private readonly Protos.JointState _seen;
    private readonly Protos.Event _event = new();
    private readonly Protos.PolicyStep _step = new();
    private readonly Protos.Foxglove.Log _log =
        new() { Timestamp = new Timestamp(), Name = "hilrig" };
    private readonly JointStatesMessage _joints;
    private readonly JointStatesMessage _commandJoints;
    private readonly MessageChannel _tickChannel;
    private readonly MessageChannel _eventChannel;
    private readonly MessageChannel _logChannel;
    private readonly MessageChannel _stepChannel;
    private readonly MessageChannel[] _jointChannels;
    private volatile RecordingStatus _status = RecordingStatus.Recording;
    private volatile RigException? _failure;

    private McapTelemetrySink(McapWriter writer, RecordingHeader header, IRigClock clock)
    {
        _writer = writer;
        _clock = clock;
        _wall = WallClockOffset.Measure(clock);
        _dofCount = header.Joints.Count;
        _tick = TickCodec.CreateMessage(_dofCount);
        _real = TickCodec.CreateState(_dofCount);
        _twin = TickCodec.CreateState(_dofCount);
        _seen = TickCodec.CreateState(_dofCount);
        _joints = new JointStatesMessage(header.Joints);
        _commandJoints = new JointStatesMessage(header.Joints);
        RecordingHeaderCodec.Write(
            writer,
            header with { WallClock = _wall },
            _wall.ToUnixNanoseconds(clock.NowNanoseconds));
        _tickChannel = new MessageChannel(writer, RecordingTopics.Tick, Protos.Tick.Descriptor);
        _eventChannel = new MessageChannel(writer, RecordingTopics.Event, Protos.Event.Descriptor);
        _logChannel = new MessageChannel(
            writer, RecordingTopics.Log, Protos.Foxglove.Log.Descriptor);
        _stepChannel = new MessageChannel(
            writer, RecordingTopics.Step, Protos.PolicyStep.Descriptor);
        _jointChannels = MessageChannel.Create(
            writer,
            Protos.Foxglove.JointStates.Descriptor,
            [
                RecordingTopics.RealJointStates,
                RecordingTopics.TwinJointStates,
                RecordingTopics.CommandJointStates,
            ]);
    }

    /// <inheritdoc/>
    public RecordingStatus Status => _status;

    /// <inheritdoc/>
    public RigException? Failure => _failure;

    /// <summary>Starts a recording.</summary>
    /// <param name="path">The file to make; PATH.partial until the sink is disposed.</param>
    /// <param name="header">What run it belongs to.</param>
    /// <param name="clock">The clock the ticks are stamped with.</param>
    /// <param name="options">Layout; null for the defaults.</param>
    /// <exception cref="RecordingException">The file exists or cannot be written.</exception>
    public static McapTelemetrySink Create(
        string path, RecordingHeader header, IRigClock clock, McapWriterOptions? options = null)
    {
        McapWriter writer = McapWriter.Create(path, options);
        return Create(writer, header, clock);
    }

    /// <summary>Records to a writer, which is disposed with the sink.</summary>
    /// <param name="writer">A writer that holds nothing yet.</param>
    /// <param name="header">What run it belongs to.</param>
    /// <param name="clock">The clock the ticks are stamped with.</param>
    /// <exception cref="RecordingException">The header cannot be written.</exception>
    public static McapTelemetrySink Create(
        McapWriter writer, RecordingHeader header, IRigClock clock)
    {
        try
        {
            return new McapTelemetrySink(writer, header, clock);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Sets the record's <see cref="HopStamps.Recorded"/> just before it is serialised.
    /// </remarks>
    public void Append(TickRecord record)
    {
        lock (_gate)
        {
            long now = _clock.NowNanoseconds;
            record.Stamps = record.Stamps with { Recorded = now };
            if (_status != RecordingStatus.Recording)
            {
                return;
            }

            try
            {
                Write(record, _wall.ToUnixNanoseconds(now));
            }
            catch (RecordingException error)
            {
                Fail(error);
            }
        }
    }

    /// <inheritdoc/>
    public void AppendEvent(long instantNanoseconds, string kind, string text)
    {
        lock (_gate)
        {
            if (_status != RecordingStatus.Recording)
            {
                return;
            }

            try
            {
                Write(instantNanoseconds, kind, text);
            }
            catch (RecordingException error)
            {
                Fail(error);
            }
        }
    }

    /// <inheritdoc/>
    public void AppendStep(in PolicyStep step)
    {
        lock (_gate)
        {
            if (_status != RecordingStatus.Recording)
            {
                return;
            }

            try
            {
                PolicyStepCodec.Encode(step, _step);
                _stepChannel.Write(
                    _step,
                    _wall.ToUnixNanoseconds(_clock.NowNanoseconds),
                    _wall.ToUnixNanoseconds(step.InstantNanoseconds));
            }
            catch (RecordingException error)
            {
                Fail(error);
            }
        }
    }

    /// <summary>Hands everything taken so far to the operating system.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_status == RecordingStatus.Recording)
            {
                TryFinish(_writer.Flush);
            }
        }
    }

    /// <summary>
    /// Completes the file and gives it its name. Does not throw: <see cref="Status"/> is Closed
    /// when all is well, otherwise <see cref="Failure"/> says why the file stays partial.
    /// </summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_status == RecordingStatus.Recording && TryFinish(_writer.Complete))
            {
                _status = RecordingStatus.Closed;
            }

            _writer.Dispose();
        }
    }

    private static bool IsPresent(double[] values)
    {
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                return true;
            }
        }

        return false;
    }

    private void Write(TickRecord record, ulong logTime)
    {
        Invariant.Require(
            record.Real.Position.Length == _dofCount,
            "a tick has another joint count than its recording");
        ulong planned = _wall.ToUnixNanoseconds(record.Tick.PlannedNanoseconds);
        bool hasTwin = IsPresent(record.Twin.Position);
        TickCodec.Encode(record, _tick);
        TickCodec.Encode(record.Real, _real);
        _tick.Real = _real;
        _tick.Twin = hasTwin ? _twin : null;
        if (hasTwin)
        {
            TickCodec.Encode(record.Twin, _twin);
        }

        _tick.Seen = record.FaultedJoints != 0 ? _seen : null;
        if (record.FaultedJoints != 0)
        {
            TickCodec.Encode(record.Seen, _seen);
        }

        _tickChannel.Write(_tick, logTime, planned);
        if (record.Answered)
        {
            ulong sampled = _wall.ToUnixNanoseconds(record.Real.SampledNanoseconds);
            _joints.Fill(record.Real, sampled);
            _jointChannels[0].Write(_joints.Message, logTime, sampled);
        }

        if (hasTwin)
        {
            _joints.Fill(record.Twin, planned);
            _jointChannels[1].Write(_joints.Message, logTime, planned);
        }

        _commandJoints.Fill(record.Command, planned);
        _jointChannels[2].Write(_commandJoints.Message, logTime, planned);
    }

    private void Write(long instantNanoseconds, string kind, string text)
    {
        ulong logTime = _wall.ToUnixNanoseconds(_clock.NowNanoseconds);
        ulong instant = _wall.ToUnixNanoseconds(instantNanoseconds);
        bool urgent = kind is "stop" or "fault";
        _event.InstantNanoseconds = instantNanoseconds;
        _event.Kind = kind;
        _event.Text = text;
        _eventChannel.Write(_event, logTime, instant);
        JointStatesMessage.SetTime(_log.Timestamp, instant);
        _log.Level = urgent
            ? Protos.Foxglove.Log.Types.Level.Error : Protos.Foxglove.Log.Types.Level.Info;
        _log.Message = $"{kind}: {text}";
        _logChannel.Write(_log, logTime, instant);
        if (urgent)
        {
            _writer.Flush();
        }
    }

    private bool TryFinish(Action finish)
    {
        try
        {
            finish();
            return true;
        }
        catch (RecordingException error)
        {
            Fail(error);
            return false;
        }
    }

    private void Fail(RecordingException error)
    {
        _failure = error;
        _status = DiskFault.IsFull(error.InnerException)
            ? RecordingStatus.DiskFull
            : RecordingStatus.DeviceError;
    }
}
