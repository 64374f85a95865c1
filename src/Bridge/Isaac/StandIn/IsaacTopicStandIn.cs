using System.Text;
using HilRig.Bridge.Isaac.Messages;
using HilRig.Bridge.Isaac.Topics;
using HilRig.Bridge.Isaac.Wire;
using HilRig.Bridge.Wire;
using HilRig.Core.Errors;
using NetMQ;
using NetMQ.Sockets;

namespace HilRig.Bridge.Isaac.StandIn;

/// <summary>
/// Isaac Sim's end of the second generation's wire: publish nodes that drop when there is no room,
/// and a subscribe node that takes one command a tick.
/// </summary>
/// <remarks>One thread makes, uses and disposes it.</remarks>
public sealed class IsaacTopicStandIn : IDisposable
{
    private readonly IsaacFieldNumbers _numbers;
    private readonly JointsCodec _joints;
    private readonly PushSocket _stream = new();
    private readonly SubscriberSocket _commands = new();
    private readonly byte[] _commandTopic;
    private readonly string _prefix;

    /// <summary>Connects.</summary>
    /// <param name="options">Where to, image size.</param>
    /// <param name="jointNames">Names of the joints. Shape [dof].</param>
    /// <param name="numbers">Field numbers.</param>
    /// <param name="prefix">
    /// Put before every topic, such as "robot_0/"; empty for a single robot.
    /// </param>
    /// <exception cref="DeviceException">The host's name does not resolve.</exception>
    public IsaacTopicStandIn(
        IsaacStandInOptions options,
        IReadOnlyList<string> jointNames,
        IsaacFieldNumbers numbers,
        string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _numbers = numbers;
        _prefix = prefix;
        _joints = new JointsCodec(jointNames, numbers);
        _commandTopic = Encoding.UTF8.GetBytes(prefix + "joint_command");
        IsaacSockets.ApplyStream(_stream, options.ImageSize);
        _stream.Options.SendHighWatermark = 4;
        IsaacSockets.ApplyCommand(_commands);
        try
        {
            _stream.Connect(IsaacSockets.Endpoint(options.Host, options.Ports.Stream));
            _commands.Connect(IsaacSockets.Endpoint(options.Host, options.Ports.Control));
            _commands.Subscribe(_commandTopic);
        }
        catch (Exception error) when (SocketThread.IsOpenError(error))
        {
            Dispose();
            throw new DeviceException(
                "the server for Isaac cannot be reached", options.Host,
                "the name or address of a host", error.Message.TrimEnd('.'), inner: error);
        }
    }

    /// <summary>Messages handed to the socket.</summary>
    public long Sent { get; private set; }

    /// <summary>Messages for which there was no room or no server.</summary>
    public long Dropped { get; private set; }

    /// <summary>Commands taken.</summary>
    public long CommandsTaken { get; private set; }

    /// <summary>Commands that could not be read.</summary>
    public long CommandsMalformed { get; private set; }

    /// <summary>Publishes the clock.</summary>
    /// <param name="clock">Clocks.</param>
    public bool TrySend(IsaacClock clock)
    {
        var frame = default(Msg);
        const int size = 4 * 16;
        frame.InitPool(size);
        var buffer = new ProtoBuffer(frame.Slice(0, size));
        buffer.Double(_numbers["Clock", "delta_simulation_time"], clock.SimulatedDeltaSeconds);
        buffer.Double(_numbers["Clock", "delta_system_time"], clock.SystemDeltaSeconds);
        buffer.Double(_numbers["Clock", "simulation_time"], clock.SimulatedSeconds);
        buffer.Double(_numbers["Clock", "system_time"], clock.SystemSeconds);
        return Publish("clock", frame, buffer.Length);
    }

    /// <summary>Publishes joint states.</summary>
    /// <param name="position">Positions, rad. Shape [dof].</param>
    /// <param name="velocity">Velocities, rad/s. Shape [dof].</param>
    /// <param name="simulatedSeconds">Simulated time, s.</param>
    public bool TrySend(
        ReadOnlySpan<double> position, ReadOnlySpan<double> velocity, double simulatedSeconds)
    {
        var frame = default(Msg);
        frame.InitPool(_joints.EncodedBytesMax);
        int size = _joints.EncodeStates(
            frame.Slice(0, _joints.EncodedBytesMax), position, velocity, simulatedSeconds);
        return Publish("joint_states", frame, size);
    }

    /// <summary>Publishes an image.</summary>
    /// <param name="size">Its size.</param>
    /// <param name="encoding">"rgba8" or "32FC1".</param>
    /// <param name="plane">Its bytes.</param>
    /// <param name="simulatedSeconds">Simulated time, s.</param>
    public bool TrySend(
        IsaacImageSize size, string encoding, ReadOnlySpan<byte> plane, double simulatedSeconds)
    {
        var frame = default(Msg);
        int room = plane.Length + 128;
        frame.InitPool(room);
        var buffer = new ProtoBuffer(frame.Slice(0, room));
        buffer.Unsigned(_numbers["Image", "width"], (ulong)size.Width);
        buffer.Unsigned(_numbers["Image", "height"], (ulong)size.Height);
        buffer.Content(_numbers["Image", "encoding"], Encoding.UTF8.GetBytes(encoding));
        buffer.Content(_numbers["Image", "data"], plane);
        buffer.Double(_numbers["Image", "timestamp"], simulatedSeconds);
        return Publish(encoding == "rgba8" ? "image" : "depth", frame, buffer.Length);
    }

    /// <summary>Takes one command, without waiting.</summary>
    /// <param name="goal">Goals of the joints it names, rad; others stay. Shape [dof].</param>
    /// <returns>Whether one came.</returns>
    public bool TryTakeCommand(Span<double> goal)
    {
        var topic = default(Msg);
        var payload = default(Msg);
        topic.InitEmpty();
        payload.InitEmpty();
        bool came = TopicFrames.TryReceive(
            _commands, ref topic, ref payload, TimeSpan.Zero, out bool isWhole);
        bool good = came && isWhole
            && topic.Slice(0, topic.Size).SequenceEqual(_commandTopic)
            && _joints.DecodeCommand(payload.Slice(0, payload.Size), goal) == JointStatesStatus.Ok;
        topic.Close();
        payload.Close();
        CommandsTaken += good ? 1 : 0;
        CommandsMalformed += came && !good ? 1 : 0;
        return good;
    }

    /// <summary>Closes the sockets.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        _commands.Dispose();
    }

    private bool Publish(string topic, Msg frame, int size)
    {
        // A message is as long as its buffer says: the room that was not needed must go.
        var exact = default(Msg);
        exact.InitPool(size);
        frame.Slice(0, size).CopyTo(exact.Slice(0, size));
        frame.Close();
        bool sent = TopicFrames.TrySend(
            _stream, Encoding.UTF8.GetBytes(_prefix + topic), ref exact);
        exact.Close();
        Sent += sent ? 1 : 0;
        Dropped += sent ? 0 : 1;
        return sent;
    }
}
