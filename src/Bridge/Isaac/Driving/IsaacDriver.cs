using HilRig.Bridge.Isaac.Messages;
using HilRig.Bridge.Isaac.Wire;
using HilRig.Bridge.RealTime;
using HilRig.Bridge.Wire;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using NetMQ;
using NetMQ.Sockets;

namespace HilRig.Bridge.Isaac.Driving;

/// <summary>
/// Drives an Isaac Sim over the first generation's wire: binds every port, takes camera frames and
/// sends each kind of command on its own port, at a steady rate while there is one to send.
/// </summary>
/// <remarks>
/// One thread owns the sockets. <see cref="TryTakeFrame"/> is for one reading thread; the commands
/// may be set by any. Isaac connects, and connects again after a reset, by itself.
/// </remarks>
public sealed class IsaacDriver : IDisposable
{
    private const long WaitMaxMilliseconds = 20;
    private static readonly TimeSpan FarewellWait = TimeSpan.FromMilliseconds(100);

    private readonly IsaacDriverOptions _options;
    private readonly LatestSlot<IsaacFrame> _frames;
    private readonly List<IsaacFrame> _everyFrame = [];
    private readonly PushSocket _camera = new();
    private readonly PushSocket _settings = new();
    private readonly PushSocket _effector = new();
    private readonly WakeSignal _arrival = new();
    private readonly SocketThread _thread;
    private readonly DriverTally _tally = new();
    private IsaacCameraCommand? _cameraCommand;
    private IsaacEffectorCommand? _effectorCommand;
    private int _adaptiveRate = -1;
    private double _simulatedSeconds = double.NegativeInfinity;
    private volatile bool _stop;
    private bool _disposed;

    private IsaacDriver(IsaacDriverOptions options)
    {
        _options = options;
        _frames = new LatestSlot<IsaacFrame>(MakeFrame);
        _thread = new SocketThread("hilrig-isaac", OpenStream, Run);
    }

    /// <summary>The ports that were bound.</summary>
    public IsaacPorts Ports { get; private set; } = new();

    /// <summary>
    /// Moves the camera mount; null sends nothing. When it is withdrawn, or the driver is disposed,
    /// the mount is told once to stand still: Isaac would go on with the last velocity.
    /// </summary>
    public IsaacCameraCommand? CameraCommand
    {
        get => Volatile.Read(ref _cameraCommand);
        set => Volatile.Write(ref _cameraCommand, value);
    }

    /// <summary>
    /// Where the Franka is to go; null sends nothing, and then it does not move: each message is
    /// one step of its control.
    /// </summary>
    public IsaacEffectorCommand? EffectorCommand
    {
        get => Volatile.Read(ref _effectorCommand);
        set => Volatile.Write(ref _effectorCommand, value);
    }

    /// <summary>
    /// Whether Isaac may adapt its frame rate; null sends nothing. Isaac's own handler has no
    /// effect (it sets a misspelt property).
    /// </summary>
    public bool? AdaptiveRate
    {
        get => Volatile.Read(ref _adaptiveRate) switch { < 0 => null, 0 => false, _ => true };
        set => Volatile.Write(
            ref _adaptiveRate, value switch { null => -1, false => 0, true => 1 });
    }

    /// <summary>What has been counted.</summary>
    public IsaacDriverCounters Counters => _tally.Snapshot();

    /// <summary>Binds the ports and starts.</summary>
    /// <param name="options">Ports, image size, rate.</param>
    /// <exception cref="DeviceException">A port is taken.</exception>
    /// <exception cref="ScenarioException">An option is out of range.</exception>
    public static IsaacDriver Open(IsaacDriverOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var driver = new IsaacDriver(options);
        try
        {
            IsaacSockets.Start(driver._thread, options.Ports);
        }
        catch
        {
            driver.Dispose();
            throw;
        }

        return driver;
    }

    /// <summary>Takes the newest frame; older ones that were never taken are gone.</summary>
    /// <param name="timeout">How long to wait for one.</param>
    /// <param name="frame">The frame, good until the next call.</param>
    public bool TryTakeFrame(
        TimeSpan timeout, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IsaacFrame? frame)
    {
        long until = MonotonicClock.NowNanoseconds + MonotonicClock.Nanoseconds(timeout);
        while (!_frames.TryTake(out frame))
        {
            if (MonotonicClock.NowNanoseconds >= until)
            {
                return false;
            }

            _arrival.Wait(until);
        }

        return true;
    }

    /// <summary>Tells the camera mount to stand still and closes the ports.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _stop = true;
        _thread.Join();
        _camera.Dispose();
        _settings.Dispose();
        _effector.Dispose();
        _everyFrame.ForEach(frame => frame.Release());
        _arrival.Dispose();
    }

    private IsaacFrame MakeFrame()
    {
        var frame = new IsaacFrame();
        _everyFrame.Add(frame);
        return frame;
    }

    private PullSocket OpenStream()
    {
        var stream = new PullSocket();
        try
        {
            IsaacSockets.ApplyStream(stream, _options.ImageSize);
            IsaacPorts wanted = _options.Ports;
            Ports = new IsaacPorts
            {
                Stream = IsaacSockets.Bind(stream, wanted.Stream),
                Control = BindCommand(_camera, wanted.Control),
                Settings = BindCommand(_settings, wanted.Settings),
                Effector = BindCommand(_effector, wanted.Effector),
            };
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static int BindCommand(PushSocket socket, int port)
    {
        IsaacSockets.ApplyCommand(socket);
        return IsaacSockets.Bind(socket, port);
    }

    private void Run(NetMQSocket stream)
    {
        long period = (long)(1e9 / _options.CommandRateHertz);
        long next = MonotonicClock.NowNanoseconds;
        IsaacCameraCommand? moving = null;
        while (!_stop)
        {
            Receive(stream, Until(next));
            long now = MonotonicClock.NowNanoseconds;
            if (now >= next)
            {
                // Not the slots that were missed: a burst of commands would be a burst of steps.
                next = Math.Max(next + period, now);
                moving = SendCommands(moving);
            }
        }

        if (moving is not null)
        {
            Halt(moving, FarewellWait);
        }
    }

    private static TimeSpan Until(long instant)
    {
        long left = Math.Max(0, instant - MonotonicClock.NowNanoseconds);
        return TimeSpan.FromMilliseconds(Math.Min(WaitMaxMilliseconds, left / 1e6));
    }

    private void Receive(NetMQSocket stream, TimeSpan wait)
    {
        IsaacFrame frame = _frames.Writable;
        if (!SocketWait.TryReceive(stream, ref frame.Message, wait))
        {
            return;
        }

        bool isWhole = !frame.Message.HasMore;
        Frames.DropRest(stream, ref frame.Message);
        frame.ArrivedNanoseconds = MonotonicClock.NowNanoseconds;
        StreamStatus status = isWhole ? frame.Decode(_options.ImageSize) : StreamStatus.Foreign;
        switch (status)
        {
            case StreamStatus.Ok:
                Publish(frame);
                break;
            case StreamStatus.Malformed:
                Add(ref _tally.Malformed);
                break;
            case StreamStatus.Foreign:
                Add(ref _tally.Foreign);
                break;
            case StreamStatus.WrongImageSize:
                Add(ref _tally.WrongSize);
                break;
        }
    }

    private void Publish(IsaacFrame frame)
    {
        Add(ref _tally.Frames);
        Add(ref _tally.Bytes, frame.MessageBytes);
        if (frame.Clock is { } clock)
        {
            Add(ref _tally.Restarts, clock.SimulatedSeconds < _simulatedSeconds ? 1 : 0);
            _simulatedSeconds = clock.SimulatedSeconds;
        }

        Add(ref _tally.Superseded, _frames.Publish() ? 1 : 0);
        _arrival.Set();
    }

    /// <summary>Sends what there is to send.</summary>
    /// <param name="moving">The camera command of the turn before; null for none.</param>
    /// <returns>The camera command that is in force now.</returns>
    private IsaacCameraCommand? SendCommands(IsaacCameraCommand? moving)
    {
        IsaacCameraCommand? camera = CameraCommand;
        if (camera is not null)
        {
            Count(IsaacSockets.TrySend(_camera, ControlCodec.Of(camera)));
        }
        else if (moving is not null && !Halt(moving, TimeSpan.Zero))
        {
            camera = moving;
        }

        if (AdaptiveRate is { } adaptive)
        {
            Count(IsaacSockets.TrySend(_settings, ControlCodec.OfSettings(adaptive)));
        }

        if (EffectorCommand is { } goal)
        {
            Count(IsaacSockets.TrySend(_effector, ControlCodec.Of(goal)));
        }

        return camera;
    }

    // The queue may be full of the command before; then there must be time for it to leave.
    private bool Halt(IsaacCameraCommand moving, TimeSpan patience)
    {
        long until = MonotonicClock.NowNanoseconds + MonotonicClock.Nanoseconds(patience);
        _camera.Options.Linger = FarewellWait;
        bool sent = IsaacSockets.TrySend(_camera, ControlCodec.Of(moving.Still()));
        while (!sent && MonotonicClock.NowNanoseconds < until)
        {
            Thread.Sleep(1);
            sent = IsaacSockets.TrySend(_camera, ControlCodec.Of(moving.Still()));
        }

        Count(sent);
        return sent;
    }

    private void Count(bool sent)
    {
        if (sent)
        {
            Add(ref _tally.CommandsSent);
        }
        else
        {
            Add(ref _tally.CommandsDropped);
        }
    }

    private static void Add(ref long counter, long amount = 1) =>
        Volatile.Write(ref counter, counter + amount);
}
