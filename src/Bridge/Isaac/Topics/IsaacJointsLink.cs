using System.Text;
using HilRig.Bridge.Isaac.Messages;
using HilRig.Bridge.Isaac.Wire;
using HilRig.Bridge.RealTime;
using HilRig.Bridge.Wire;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Time;
using NetMQ;
using NetMQ.Sockets;

namespace HilRig.Bridge.Isaac.Topics;

/// <summary>
/// The two sockets of a plant in Isaac, each with its thread. The loop fills a slot and reads a
/// ring; it touches no socket and allocates nothing.
/// </summary>
internal sealed class IsaacJointsLink : IDisposable
{
    private const int StatesQueued = 256;
    private const int FarewellCount = 3;
    private const long CycleNanoseconds = 20_000_000;
    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FarewellWait = TimeSpan.FromMilliseconds(200);

    private readonly IsaacPlantOptions _options;
    private readonly byte[] _statesTopic;
    private readonly byte[] _commandTopic;
    private readonly JointsCodec _decoder;
    private readonly JointsCodec _encoder;
    // Short: a simulation that is too slow loses time for good, which is no delay of the wire.
    private readonly DeviceClockFilter _filter = new(window: 8);
    private readonly SpscRing<JointState> _states;
    private readonly LatestSlot<JointCommand> _commands;
    private readonly JointState _scratch;
    private readonly double[] _position;
    private readonly Lock _positionLock = new();
    private readonly WakeSignal _arrival = new();
    private readonly WakeSignal _departure = new();
    private readonly SocketThread _receiver;
    private readonly SocketThread _sender;
    private IsaacPorts _ports = new();
    private long _arrivalCount;
    private long _arrivedNanoseconds = long.MaxValue;
    private long _dueNanoseconds;
    private long _sentSequence;
    private long _deviceNanoseconds = long.MinValue;
    private long _sequence;
    private JointCommand? _last;
    private long _lastSent;
    private long _taken;
    private long _lost;
    private long _dropped;
    private long _malformed;
    private long _jointMissing;
    private long _otherTopics;
    private long _commandsSent;
    private long _commandsExpired;
    private volatile bool _hasReset;
    private volatile bool _stop;

    /// <summary>Makes a link; <see cref="Start"/> binds it.</summary>
    /// <param name="options">Joints, topics, ports.</param>
    public IsaacJointsLink(IsaacPlantOptions options)
    {
        int dofCount = options.Description.DofCount;
        _options = options;
        _statesTopic = Encoding.UTF8.GetBytes(options.StatesTopic);
        _commandTopic = Encoding.UTF8.GetBytes(options.CommandTopic);
        _decoder = new JointsCodec(options.JointNames, options.Numbers);
        _encoder = new JointsCodec(options.JointNames, options.Numbers);
        _states = new SpscRing<JointState>(StatesQueued, () => new JointState(dofCount));
        _commands = new LatestSlot<JointCommand>(() => new JointCommand(dofCount));
        _scratch = new JointState(dofCount);
        _position = new double[dofCount];
        Array.Fill(_position, double.NaN);
        _receiver = new SocketThread("hilrig-isaac-in", OpenReceiver, Receive);
        _sender = new SocketThread("hilrig-isaac-out", OpenSender, Send);
    }

    /// <summary>The ports that were bound.</summary>
    public IsaacPorts Ports => _ports;

    /// <summary>Joint states that arrived.</summary>
    public long ArrivalCount => Volatile.Read(ref _arrivalCount);

    /// <summary>When the newest arrived; the far future before the first.</summary>
    public long ArrivedNanoseconds => Volatile.Read(ref _arrivedNanoseconds);

    /// <summary>When the newest was due by Isaac's clock.</summary>
    public long DueNanoseconds => Volatile.Read(ref _dueNanoseconds);

    /// <summary>Joint states that simulated time says are missing.</summary>
    public long LostCount => Volatile.Read(ref _lost);

    /// <summary>Whether simulated time went back.</summary>
    public bool HasReset => _hasReset;

    /// <summary>The command to fill before <see cref="Send()"/>.</summary>
    public JointCommand Writable => _commands.Writable;

    /// <summary>What has been counted.</summary>
    public IsaacPlantCounters Counters => new(
        Volatile.Read(ref _taken),
        Volatile.Read(ref _lost),
        Volatile.Read(ref _dropped),
        Volatile.Read(ref _malformed),
        Volatile.Read(ref _jointMissing),
        Volatile.Read(ref _otherTopics),
        Volatile.Read(ref _commandsSent),
        Volatile.Read(ref _commandsExpired));

    /// <summary>Binds both sockets.</summary>
    /// <exception cref="Core.Errors.DeviceException">A port is taken.</exception>
    public void Start()
    {
        IsaacSockets.Start(_receiver, _options.Ports);
        IsaacSockets.Start(_sender, _options.Ports);
    }

    /// <summary>Takes the oldest unread state.</summary>
    /// <param name="state">Receives it.</param>
    public bool TryRead(JointState state)
    {
        if (!_states.TryBeginRead(out JointState? read))
        {
            return false;
        }

        read.CopyTo(state);
        _states.CommitRead();
        return true;
    }

    /// <summary>Waits for the next joint state; may return early.</summary>
    /// <param name="untilNanoseconds">When to give up.</param>
    public void WaitForArrival(long untilNanoseconds) => _arrival.Wait(
        Math.Min(untilNanoseconds, MonotonicClock.NowNanoseconds + CycleNanoseconds));

    /// <summary>Hands the filled command over.</summary>
    public void Send()
    {
        _commands.Publish();
        _departure.Set();
    }

    /// <summary>
    /// Sends a command several times, with nothing after it: what is published may get lost.
    /// </summary>
    /// <param name="command">The last command.</param>
    /// <returns>Whether it has left in time.</returns>
    public bool SendLast(JointCommand command)
    {
        Volatile.Write(ref _last, command);
        _departure.Set();
        long deadline = MonotonicClock.NowNanoseconds + MonotonicClock.Nanoseconds(FarewellWait);
        while (Volatile.Read(ref _lastSent) < FarewellCount)
        {
            if (MonotonicClock.NowNanoseconds >= deadline)
            {
                return false;
            }

            WaitForArrival(deadline);
        }

        return true;
    }

    /// <summary>Copies the newest measured positions.</summary>
    /// <param name="target">Receives them. Shape [dof].</param>
    /// <returns>False before the first.</returns>
    public bool TryCopyPosition(double[] target)
    {
        lock (_positionLock)
        {
            _position.CopyTo(target, 0);
        }

        return !double.IsNaN(target[0]);
    }

    /// <summary>Begins anew after a reset, or a stop.</summary>
    public void ClearReset()
    {
        _hasReset = false;
        Volatile.Write(ref _last, null);
        Volatile.Write(ref _lastSent, 0);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _stop = true;
        _receiver.Join();
        _sender.Join();
        _arrival.Dispose();
        _departure.Dispose();
    }

    private PullSocket OpenReceiver()
    {
        var socket = new PullSocket();
        IsaacSockets.ApplyStream(socket, IsaacImageSize.Standard);
        socket.Options.ReceiveHighWatermark = SocketPolicy.StateHighWatermark;
        return Bound(socket, () => _ports = _ports with
        {
            Stream = IsaacSockets.Bind(socket, _options.Ports.Stream),
        });
    }

    private PublisherSocket OpenSender()
    {
        var socket = new PublisherSocket();
        IsaacSockets.ApplyCommand(socket);
        return Bound(socket, () => _ports = _ports with
        {
            Control = IsaacSockets.Bind(socket, _options.Ports.Control),
        });
    }

    private static T Bound<T>(T socket, Action bind)
        where T : NetMQSocket
    {
        try
        {
            bind();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Receive(NetMQSocket socket)
    {
        var topic = default(Msg);
        var payload = default(Msg);
        topic.InitEmpty();
        payload.InitEmpty();
        while (!_stop)
        {
            if (TopicFrames.TryReceive(socket, ref topic, ref payload, IdleWait, out bool isWhole))
            {
                long now = MonotonicClock.NowNanoseconds;
                if (!isWhole)
                {
                    Add(ref _malformed);
                }
                else if (!topic.Slice(0, topic.Size).SequenceEqual(_statesTopic))
                {
                    Add(ref _otherTopics);
                }
                else
                {
                    Accept(payload.Slice(0, payload.Size), now);
                }
            }
        }

        topic.Close();
        payload.Close();
    }

    private void Accept(ReadOnlySpan<byte> bytes, long now)
    {
        switch (_decoder.DecodeStates(bytes, _scratch.Position, _scratch.Velocity))
        {
            case JointStatesStatus.Ok:
                Take(now);
                break;
            case JointStatesStatus.JointMissing:
                Add(ref _jointMissing);
                break;
            case JointStatesStatus.Malformed:
            case JointStatesStatus.NotFinite:
                Add(ref _malformed);
                break;
        }
    }

    private void Take(long now)
    {
        long device = (long)(_decoder.TimestampSeconds * 1e9);
        if (_deviceNanoseconds != long.MinValue)
        {
            if (device <= _deviceNanoseconds)
            {
                _hasReset = true;
            }

            double periods = (device - _deviceNanoseconds) / (_options.Period.TotalSeconds * 1e9);
            Add(ref _lost, Math.Max(0, (long)Math.Round(periods) - 1));
        }

        _deviceNanoseconds = device;
        long due = _filter.Arrived(device, now);
        _scratch.Sequence = ++_sequence;
        _scratch.AnsweredCommandSequence = Volatile.Read(ref _sentSequence);
        _scratch.SampledNanoseconds = due;
        _scratch.Stamps = new HopStamps { StateReceived = now };
        lock (_positionLock)
        {
            _scratch.Position.CopyTo(_position, 0);
        }

        if (_states.TryBeginWrite(out JointState? queued))
        {
            _scratch.CopyTo(queued);
            _states.CommitWrite();
        }
        else
        {
            Add(ref _dropped);
        }

        Add(ref _taken);
        Volatile.Write(ref _dueNanoseconds, due);
        Volatile.Write(ref _arrivedNanoseconds, now);
        Add(ref _arrivalCount);
        _arrival.Set();
    }

    private void Send(NetMQSocket socket)
    {
        var goal = new double[_position.Length];
        while (!_stop)
        {
            _departure.Wait(MonotonicClock.NowNanoseconds + CycleNanoseconds);
            JointCommand? last = Volatile.Read(ref _last);
            if (last is not null)
            {
                if (_lastSent < FarewellCount)
                {
                    Publish(socket, last, goal);
                    Add(ref _lastSent);
                    _departure.Set();
                }
            }
            else if (_commands.TryTake(out JointCommand? command))
            {
                if (MonotonicClock.NowNanoseconds > command.ValidUntilNanoseconds)
                {
                    Add(ref _commandsExpired);
                }
                else
                {
                    Publish(socket, command, goal);
                }
            }
        }
    }

    private void Publish(NetMQSocket socket, JointCommand command, double[] goal)
    {
        for (int dof = 0; dof < goal.Length; dof++)
        {
            goal[dof] = command.TorqueEnabled[dof] ? command.Position[dof] : double.NaN;
        }

        var frame = default(Msg);
        frame.InitPool(_encoder.EncodedBytesMax);
        int size = _encoder.EncodeCommand(frame.Slice(0, _encoder.EncodedBytesMax), goal);
        frame.Close();
        if (size == 0)
        {
            return;
        }

        frame.InitPool(size);
        _encoder.EncodeCommand(frame.Slice(0, size), goal);
        if (TopicFrames.TrySend(socket, _commandTopic, ref frame))
        {
            Volatile.Write(ref _sentSequence, command.Sequence);
            Add(ref _commandsSent);
        }

        frame.Close();
    }

    private static void Add(ref long counter, long amount = 1) =>
        Volatile.Write(ref counter, counter + amount);
}
