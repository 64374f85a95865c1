using HilRig.Core.RealTime;
using HilRig.Core.Time;
using HilRig.Devices.Power;
using HilRig.Devices.Transports;
using HilRig.Devices.Virtual.Faults;
using HilRig.Devices.Virtual.Logs;
using HilRig.Devices.Virtual.Panel;
using HilRig.Devices.Virtual.Scenes;
using HilRig.Devices.Virtual.Wire;

namespace HilRig.Devices.Virtual.Server;

/// <summary>
/// Serves a virtual arm on a port, in real time: one thread reads the host's bytes, steps the arm
/// to their arrival and hands out replies at the instants of the line. Between packets it steps the
/// arm every millisecond. Hosts may come, go and die.
/// </summary>
public sealed class VirtualBusServer : IDisposable
{
    private const int ReadBytes = 1024;
    private const long IdleNanoseconds = 1_000_000;

    // Shorter waits are spun: a sleep would overshoot them.
    private const long SpinNanoseconds = 100_000;

    private readonly VirtualBusOptions _options;
    private readonly VirtualArm _arm;
    private readonly VirtualBus _bus;
    private readonly IVirtualBusLine _line;
    private readonly IRigClock _clock = RigClock.Create();
    private readonly VirtualArmLogWriter? _armLog;
    private readonly VirtualArmEventLog? _eventLog;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _ended = new();
    private readonly double[] _placement;
    private volatile VirtualPanel? _panel;
    private volatile ScenePage? _scene;
    private long _placementNumber;
    private volatile bool _stopping;
    private bool _isDisposed;

    private VirtualBusServer(VirtualBusOptions options, VirtualArm arm)
    {
        _options = options;
        _arm = arm;
        _placement = new double[arm.ObjectCount];
        _bus = new VirtualBus(
            arm, options.IsPaced, (long)options.UsbFrame.TotalNanoseconds, options.Faults);
        _line = options.Port switch
        {
            VirtualBusPort.PseudoTerminal => new PseudoTerminalLine(options.Baud),
            VirtualBusPort.Tcp => new TcpLine(options.TcpPort),
        };
        try
        {
            OriginNanoseconds = _clock.NowNanoseconds - arm.ArmNanoseconds;
            if (options.ArmLogPath is not null)
            {
                _armLog = new VirtualArmLogWriter(options.ArmLogPath);
                arm.RecordTo(_armLog);
            }

            if (options.EventLogPath is not null)
            {
                _eventLog = new VirtualArmEventLog(
                    options.EventLogPath, arm.Events, OriginNanoseconds);
            }
        }
        catch
        {
            _armLog?.Dispose();
            _line.Dispose();
            throw;
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "virtual bus" };
    }

    /// <summary>What a host gives as its port: "/dev/pts/7" or "tcp://127.0.0.1:4711".</summary>
    public string PortName => _line.PortName;

    /// <summary>The arm's power-on in CLOCK_MONOTONIC, ns: add it to time of the arm.</summary>
    public long OriginNanoseconds { get; }

    /// <summary>What happened lately on the arm. Any thread.</summary>
    public VirtualArmEventRing Events => _arm.Events;

    /// <summary>Instructions that were understood so far. Any thread.</summary>
    public long PacketCount => _bus.PacketCount;

    /// <summary>Replies sent so far. Any thread.</summary>
    public long ReplyCount => _bus.SentReplyCount;

    /// <summary>Opens the port and begins to serve.</summary>
    /// <param name="options">Port, pace, logs, faults.</param>
    /// <param name="arm">
    /// The arm; belongs to the server's thread until <see cref="Dispose"/>.
    /// </param>
    /// <exception cref="Core.Errors.DeviceException">Port or log cannot be opened.</exception>
    public static VirtualBusServer Start(VirtualBusOptions options, VirtualArm arm)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(arm);
        var server = new VirtualBusServer(options, arm);
        server._thread.Start();
        return server;
    }

    /// <summary>Lets something go wrong from now on. Any thread, one at a time.</summary>
    /// <param name="fault">What.</param>
    public void Inject(BusFault fault) => _bus.Inject(fault);

    /// <summary>Serves an emergency stop and a power relay beside the port from now on.</summary>
    /// <param name="panel">The panel; taken over. Once.</param>
    public void Offer(VirtualPanel panel) => _panel = panel;

    /// <summary>Shows the scene's objects and lets them be placed from now on.</summary>
    /// <param name="scene">The page; taken over. Once, of an arm with a scene.</param>
    public void Offer(ScenePage scene) => _scene = scene;

    /// <summary>Blocks until cancelled, stopped or the port is lost.</summary>
    /// <param name="cancellation">Ends the wait; the server goes on.</param>
    /// <returns>False when the server has ended by itself or by <see cref="Stop"/>.</returns>
    public bool Wait(CancellationToken cancellation)
    {
        try
        {
            _ended.Wait(cancellation);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>Whether serving has ended, by <see cref="Stop"/> or by itself.</summary>
    public bool HasEnded => _ended.IsSet;

    /// <summary>Ends serving; the port stays open until <see cref="Dispose"/>.</summary>
    public void Stop()
    {
        _stopping = true;
        _thread.Join();
    }

    /// <summary>Stops, ends the logs and closes the port.</summary>
    /// <exception cref="Core.Errors.DeviceException">
    /// The arm's log could not be written.
    /// </exception>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        Stop();
        _panel?.Dispose();
        _scene?.Dispose();
        _line.Dispose();
        _eventLog?.Dispose();
        _ended.Dispose();
        _armLog?.Finish(_arm);
        _armLog?.Dispose();
    }

    private void Run()
    {
        using var kit = RealTimeKit.Enter(new RealTimeOptions
        {
            FifoPriority = _options.FifoPriority,
            MemoryLocking = MemoryLocking.None,
            HoldProcessorLatency = _options.FifoPriority > 0,
            LowLatencyCollector = false,
        });
        TimerSlack.Minimize();
        Span<byte> bytes = stackalloc byte[ReadBytes];
        var hosts = _line.HostCount;
        var status = TransportStatus.Ok;
        while (!_stopping && status != TransportStatus.Lost)
        {
            if (_bus.IsCut)
            {
                RunWithoutPort();
                break;
            }

            status = _line.Read(bytes, _clock.NowNanoseconds + IdleNanoseconds, out var count);
            var now = _clock.NowNanoseconds - OriginNanoseconds;
            if (hosts != _line.HostCount)
            {
                hosts = _line.HostCount;
                _bus.Restart();
            }

            if (count > 0)
            {
                var baud = _line.ObservedBaud;
                _bus.Receive(bytes[..count], now, baud, baud > 0 ? baud : _options.Baud);
            }
            else
            {
                _bus.Idle(now);
            }

            Release();
            MovePanel();
            ShowScene();
        }

        _ended.Set();
    }

    // The coil moves the relay between two steps of the arm; what happened to the button is shown.
    private void MovePanel()
    {
        if (_panel is not { } panel)
        {
            return;
        }

        if (panel.IsCoilOn != _arm.IsRelayClosed)
        {
            _arm.IsRelayClosed = panel.IsCoilOn;
        }

        panel.IsRelayClosed = _arm.IsRelayClosed;
        panel.Contact = _arm.EmergencyStop;
        panel.Reading = new SupplyReading(_arm.BusVolts, _arm.SupplyAmperes);
    }

    // The servos have their supply and go on by themselves: nobody can talk to them any more.
    private void RunWithoutPort()
    {
        _line.Dispose();
        while (!_stopping)
        {
            _clock.SleepUntil(_clock.NowNanoseconds + IdleNanoseconds);
            _bus.Idle(_clock.NowNanoseconds - OriginNanoseconds);
            MovePanel();
            ShowScene();
        }
    }

    // Hands move objects between two steps of the arm.
    private void ShowScene()
    {
        if (_scene is not { } scene)
        {
            return;
        }

        if (scene.RequestNumber is var wanted && wanted != _placementNumber)
        {
            scene.ReadRequest(_placement);
            _arm.Place(_placement);
            _placementNumber = wanted;
        }

        // A model that has come apart shows nothing more.
        scene.HasEnded |= !AreFinite(_arm.ObjectPosition);
        if (!scene.HasEnded)
        {
            scene.Publish(
                _arm.ObjectPosition, OriginNanoseconds + _arm.ArmNanoseconds, _placementNumber);
        }
    }

    private static bool AreFinite(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    private void Release()
    {
        while (!_stopping && _bus.TryTake(out var release, out var frame))
        {
            var due = release + OriginNanoseconds;
            if (_options.IsPaced)
            {
                if (due - _clock.NowNanoseconds > SpinNanoseconds)
                {
                    _clock.SleepUntil(due);
                }

                while (_clock.NowNanoseconds < due)
                {
                    Thread.SpinWait(1);
                }
            }

            _line.Write(frame);
        }
    }
}
