using HilRig.Bridge.Isaac.Messages;
using HilRig.Bridge.Isaac.Protos;
using HilRig.Bridge.Isaac.Wire;
using HilRig.Bridge.Wire;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using NetMQ;
using NetMQ.Sockets;

namespace HilRig.Bridge.Isaac.StandIn;

/// <summary>
/// Isaac Sim's end of the first generation's wire: connects, sends frames and drops them when there
/// is no room, takes at most one command of each kind a frame tick, with Isaac's own traps.
/// </summary>
/// <remarks>One thread makes, uses and disposes it.</remarks>
public sealed class IsaacStandIn : IDisposable
{
    /// <summary>How long Isaac's sockets are gone after "Reset World", ns.</summary>
    public const long ResetNanoseconds = 1_200_000_000;

    private readonly IsaacStandInOptions _options;
    private PushSocket? _stream;
    private PullSocket? _camera;
    private PullSocket? _settings;
    private PullSocket? _effector;
    private bool _isCameraTaskDead;
    private long _backNanoseconds;

    /// <summary>Connects; whether anybody listens shows only later.</summary>
    /// <param name="options">Where to, image size.</param>
    /// <exception cref="ScenarioException">An option is out of range.</exception>
    /// <exception cref="DeviceException">The host's name does not resolve.</exception>
    public IsaacStandIn(IsaacStandInOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        Connect();
    }

    /// <summary>Frames handed to the socket.</summary>
    public long FramesSent { get; private set; }

    /// <summary>Frames for which there was no room or no server.</summary>
    public long FramesDropped { get; private set; }

    /// <summary>Command messages taken.</summary>
    public long CommandsTaken { get; private set; }

    /// <summary>
    /// Whether the camera's receive task has died. In Isaac an error in the handler ends the task
    /// (it names a module it never imports), and camera commands are ignored until a reset.
    /// </summary>
    public bool IsCameraTaskDead => _isCameraTaskDead;

    /// <summary>Sends a frame.</summary>
    /// <param name="clock">Clocks.</param>
    /// <param name="camera">Camera.</param>
    /// <param name="boxes">What it sees.</param>
    /// <param name="color">RGBA8, exactly width · height · 4 bytes.</param>
    /// <param name="depth">Float32, exactly width · height · 4 bytes.</param>
    /// <returns>Whether there was room.</returns>
    /// <exception cref="ArgumentException">An image has another size.</exception>
    public bool TrySend(
        IsaacClock clock,
        IsaacCamera camera,
        IReadOnlyList<IsaacBox> boxes,
        ReadOnlySpan<byte> color,
        ReadOnlySpan<byte> depth)
    {
        int planeBytes = _options.ImageSize.PlaneBytes;
        if (color.Length != planeBytes || depth.Length != planeBytes)
        {
            throw new ArgumentException("an image has another size than agreed", nameof(color));
        }

        bool sent = false;
        if (ReconnectWhenDue() && _stream!.HasOut)
        {
            ClientStreamMessage head = StreamCodec.Head(clock, camera, boxes);
            int size = StreamCodec.SizeOf(head, planeBytes);
            var frame = default(Msg);
            frame.InitPool(size);
            StreamCodec.Encode(head, color, depth, frame.Slice(0, size));
            sent = _stream.TrySend(ref frame, TimeSpan.Zero, more: false);
            frame.Close();
        }

        FramesSent += sent ? 1 : 0;
        FramesDropped += sent ? 0 : 1;
        return sent;
    }

    /// <summary>Takes the commands of one frame tick.</summary>
    public IsaacOrders TakeOrders()
    {
        if (!ReconnectWhenDue())
        {
            return default;
        }

        CameraControlCommand? camera = _isCameraTaskDead ? null : TakeCamera();
        FrankaCommand? effector = Take(_effector!)?.FrankaCommandOrDefault();
        SettingsCommand? settings = Take(_settings!)?.SettingsCommandOrDefault();
        return new IsaacOrders(
            camera is null ? null : Vector(camera.JointsVel),
            camera?.FocalLength,
            effector is null ? null : Vector(effector.EffectorPos),
            _options.FixSettings ? settings?.AdaptiveRate : null);
    }

    /// <summary>
    /// "Reset World": every socket goes down at once and connects again 1.2 s later.
    /// </summary>
    public void Reset()
    {
        Close();
        _backNanoseconds = MonotonicClock.NowNanoseconds + ResetNanoseconds;
        _isCameraTaskDead = false;
    }

    /// <summary>Closes the sockets.</summary>
    public void Dispose() => Close();

    private bool ReconnectWhenDue()
    {
        if (_stream is null && MonotonicClock.NowNanoseconds >= _backNanoseconds)
        {
            Connect();
        }

        return _stream is not null;
    }

    private void Connect()
    {
        _stream = new PushSocket();
        IsaacSockets.ApplyStream(_stream, _options.ImageSize);
        _camera = new PullSocket();
        _settings = new PullSocket();
        _effector = new PullSocket();
        try
        {
            _stream.Connect(IsaacSockets.Endpoint(_options.Host, _options.Ports.Stream));
            ConnectCommand(_camera, _options.Ports.Control);
            ConnectCommand(_settings, _options.Ports.Settings);
            ConnectCommand(_effector, _options.Ports.Effector);
        }
        catch (Exception error) when (SocketThread.IsOpenError(error))
        {
            Close();
            throw new DeviceException(
                "the server for Isaac cannot be reached",
                _options.Host,
                "the name or address of a host",
                error.Message.TrimEnd('.'),
                inner: error);
        }
    }

    private void ConnectCommand(PullSocket socket, int port)
    {
        IsaacSockets.ApplyCommand(socket);
        socket.Connect(IsaacSockets.Endpoint(_options.Host, port));
    }

    private CameraControlCommand? TakeCamera()
    {
        long before = CommandsTaken;
        ServerControlMessage? message = Take(_camera!);
        if (message is null && CommandsTaken > before)
        {
            _isCameraTaskDead = true;
        }

        return message?.CameraControlCommandOrDefault();
    }

    private ServerControlMessage? Take(PullSocket socket)
    {
        var frame = default(Msg);
        frame.InitEmpty();
        ServerControlMessage? message = null;
        if (socket.TryReceive(ref frame, TimeSpan.Zero))
        {
            CommandsTaken++;
            message = Frames.Parse<ServerControlMessage>(frame.Slice(0, frame.Size));
        }

        frame.Close();
        return message;
    }

    private void Close()
    {
        _stream?.Dispose();
        _camera?.Dispose();
        _settings?.Dispose();
        _effector?.Dispose();
        _stream = null;
    }

    private static double[] Vector(Vector3? vector) =>
        vector is null ? [0, 0, 0] : [vector.X, vector.Y, vector.Z];
}
