using System.Net;
using System.Net.Sockets;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using HilRig.Devices.PacketClocked.RealTime;

namespace HilRig.Devices.PacketClocked;

/// <summary>
/// An emulated arm controller that sets the pace itself: a state each period over UDP on
/// 127.0.0.1, which wants an answer. docs/packet-clocked.md is its wire.
/// </summary>
public sealed class PacketController : IDisposable
{
    private const int EventCapacity = 4096;
    private readonly HostSeat _seat;
    private readonly ControllerLoop _loop;
    private readonly ControllerEventLog? _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;

    private PacketController(PacketControllerOptions options, IClockedArm arm, Socket socket)
    {
        Endpoint = FormattableString.Invariant(
            $"udp://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}");
        var events = new SpscRing<ControllerEvent>(EventCapacity, () => new ControllerEvent());
        _seat = new HostSeat(socket, options);
        _loop = new ControllerLoop(options, arm, _seat, events);
        _log = options.EventLogPath is { } path
            ? new ControllerEventLog(path, events, () => _loop.LostEventCount)
            : null;
        _thread = new Thread(() => Run(options.FifoPriority)) { Name = "packet controller" };
    }

    /// <summary>Where a host reaches it, "udp://127.0.0.1:PORT".</summary>
    public string Endpoint { get; }

    /// <summary>Whether it follows nothing and no joint moves.</summary>
    public bool IsAtRest => _loop.IsAtRest;

    /// <summary>Starts a controller.</summary>
    /// <param name="options">Limits, period, port.</param>
    /// <param name="arm">What it drives.</param>
    /// <exception cref="DeviceException">The port or the event log cannot be used.</exception>
    public static PacketController Start(PacketControllerOptions options, IClockedArm arm)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(arm);
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.Limits.Count, arm.DofCount);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, options.Port));
            var controller = new PacketController(options, arm, socket);
            controller._thread.Start();
            return controller;
        }
        catch (SocketException cause)
        {
            socket.Dispose();
            throw new DeviceException(
                "The controller's port cannot be used",
                FormattableString.Invariant($"udp://127.0.0.1:{options.Port}"),
                found: cause.Message.TrimEnd('.'),
                remedy: "another port, or 0 for any",
                inner: cause);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Ends it where it is; an arm that moves is stopped by its host first.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _stop.Cancel();
        _thread.Join();
        _log?.Dispose();
        _seat.Dispose();
    }

    private void Run(int priority)
    {
        using RealTimeKit kit = RealTimeKit.Enter(new RealTimeOptions
        {
            FifoPriority = priority,
            HoldProcessorLatency = priority > 0,
            CompiledAssemblies = [typeof(RealTimeKit).Assembly, typeof(ControllerLoop).Assembly],
            CompiledNamespaces = ["HilRig.Core.Time", "HilRig.Devices.PacketClocked"],
        });
        Virtual.Server.TimerSlack.Minimize();
        _loop.Run(RigClock.Create(), _stop.Token);
    }
}
