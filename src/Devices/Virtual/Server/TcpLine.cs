using HilRig.Core.RealTime;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HilRig.Core.Errors;
using HilRig.Devices.Transports;

namespace HilRig.Devices.Virtual.Server;

/// <summary>
/// A TCP port on the loopback interface that takes one host at a time; the next waits until it has
/// left. It has no baud rate.
/// </summary>
internal sealed class TcpLine : IVirtualBusLine
{
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const int MicrosecondsPerMillisecond = 1_000;
    private const int MillisecondsMax = 1_000_000;
    private readonly Socket _listener;
    private TcpTransport? _host;

    internal TcpLine(int port)
    {
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            _listener.Listen(4);
        }
        catch (SocketException error)
        {
            _listener.Dispose();
            throw new DeviceException(
                "the virtual bus cannot listen", $"tcp://127.0.0.1:{port}", "a free port",
                error.Message, "choose another port, or 0 for any", error);
        }

        var bound = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        PortName = string.Create(
            CultureInfo.InvariantCulture, $"{TcpTransport.Scheme}127.0.0.1:{bound}");
    }

    public string PortName { get; }

    public int ObservedBaud => 0;

    public int HostCount { get; private set; }

    public TransportStatus Read(Span<byte> target, long deadlineNanoseconds, out int count)
    {
        count = 0;
        if (_host is null)
        {
            // Socket.Poll cuts to whole milliseconds: a wait of less would be none, and a real-time
            // thread that waits for its first host would hold a processor until it comes.
            var wait = Math.Max(0, deadlineNanoseconds - MonotonicClock.NowNanoseconds);
            var milliseconds = Math.Min((wait / NanosecondsPerMillisecond) + 1, MillisecondsMax);
            if (_listener.Poll(
                (int)milliseconds * MicrosecondsPerMillisecond, SelectMode.SelectRead))
            {
                _host = new TcpTransport(PortName, _listener.Accept());
                HostCount++;
            }

            return TransportStatus.Timeout;
        }

        var status = _host.Read(target, deadlineNanoseconds, out count);
        if (status == TransportStatus.Lost)
        {
            _host.Dispose();
            _host = null;
            return TransportStatus.Timeout;
        }

        return status;
    }

    public void Write(ReadOnlySpan<byte> bytes) => _host?.Write(bytes, 0);

    public void Dispose()
    {
        _host?.Dispose();
        _listener.Dispose();
    }
}
