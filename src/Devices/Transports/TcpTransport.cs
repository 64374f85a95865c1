using HilRig.Core.RealTime;
using System.Globalization;
using System.Net.Sockets;
using HilRig.Core.Errors;

namespace HilRig.Devices.Transports;

/// <summary>
/// A serial line behind a socket: the virtual rig on any system, or an adapter behind ser2net. It
/// waits in whole milliseconds, so it has no place in a real-time rig.
/// </summary>
public sealed class TcpTransport : IByteTransport
{
    /// <summary>What a TCP port's name begins with.</summary>
    public const string Scheme = "tcp://";

    private const int ConnectMillisecondsMax = 2_000;
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const int MicrosecondsPerMillisecond = 1_000;
    private const long MillisecondsMax = 2_000_000;
    private const int DiscardChunkBytes = 512;
    private const int DiscardChunksMax = 64;

    private readonly Socket _socket;
    private bool _isLost;
    private bool _isDisposed;

    /// <summary>Takes over a connected socket.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="socket">Connected stream socket; this disposes it.</param>
    public TcpTransport(string name, Socket socket)
    {
        Name = name;
        _socket = socket;
        _socket.NoDelay = true;
        _socket.Blocking = false;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsOpen => !_isLost && !_isDisposed;

    /// <summary>Connects.</summary>
    /// <param name="port">"tcp://host:port".</param>
    /// <exception cref="DeviceException">The name is malformed or nobody listens there.</exception>
    public static TcpTransport Open(string port)
    {
        (string host, int number) = Parse(port);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            using var limit = new CancellationTokenSource(ConnectMillisecondsMax);
            socket.ConnectAsync(host, number, limit.Token).AsTask().GetAwaiter().GetResult();
            return new TcpTransport(port, socket);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            throw new DeviceException(
                "nobody answers at this address",
                where: port,
                expected: "an emulator or a serial server that listens",
                found: error is SocketException ? error.Message : "no answer within 2 s",
                remedy: "start it, or correct the port in the rig file",
                inner: error);
        }
    }

    /// <inheritdoc/>
    public TransportStatus Write(ReadOnlySpan<byte> bytes, long deadlineNanoseconds)
    {
        int done = 0;
        while (done < bytes.Length)
        {
            if (!IsOpen)
            {
                return TransportStatus.Lost;
            }

            int count = _socket.Send(bytes[done..], SocketFlags.None, out SocketError error);
            if (error == SocketError.Success)
            {
                done += count;
                continue;
            }

            TransportStatus status = AfterNothing(
                error, SelectMode.SelectWrite, deadlineNanoseconds);
            if (status != TransportStatus.Ok)
            {
                return status;
            }
        }

        return TransportStatus.Ok;
    }

    /// <inheritdoc/>
    public TransportStatus Read(Span<byte> target, long deadlineNanoseconds, out int count)
    {
        count = 0;
        while (IsOpen)
        {
            int read = _socket.Receive(target, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success && read > 0)
            {
                count = read;
                return TransportStatus.Ok;
            }

            // A success of zero bytes: the other end closed.
            SocketError reason = error == SocketError.Success ? SocketError.Disconnecting : error;
            TransportStatus status = AfterNothing(
                reason, SelectMode.SelectRead, deadlineNanoseconds);
            if (status != TransportStatus.Ok)
            {
                return status;
            }
        }

        return TransportStatus.Lost;
    }

    /// <inheritdoc/>
    public void DiscardInput()
    {
        Span<byte> chunk = stackalloc byte[DiscardChunkBytes];
        for (int index = 0; index < DiscardChunksMax; index++)
        {
            if (Read(chunk, 0, out int count) != TransportStatus.Ok || count < DiscardChunkBytes)
            {
                return;
            }
        }
    }

    /// <summary>Closes the socket; the system delivers what was written.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _socket.Dispose();
    }

    private static (string Host, int Number) Parse(string port)
    {
        string address = port.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? port[Scheme.Length..]
            : port;
        int colon = address.LastIndexOf(':');
        if (colon > 0
            && ushort.TryParse(
                address.AsSpan(colon + 1), CultureInfo.InvariantCulture, out ushort number)
            && number > 0)
        {
            return (address[..colon].Trim('[', ']'), number);
        }

        throw new DeviceException(
            "this is no TCP port",
            where: port,
            expected: "tcp://host:port, such as tcp://127.0.0.1:4600",
            remedy: "correct the port in the rig file");
    }

    private TransportStatus AfterNothing(
        SocketError error, SelectMode mode, long deadlineNanoseconds)
    {
        if (error == SocketError.Interrupted)
        {
            return TransportStatus.Ok;
        }

        if (error != SocketError.WouldBlock)
        {
            _isLost = true;
            return TransportStatus.Lost;
        }

        long remaining = deadlineNanoseconds - MonotonicClock.NowNanoseconds;
        if (remaining <= 0)
        {
            return TransportStatus.Timeout;
        }

        // Socket.Poll cuts to whole milliseconds, so round up; the caller looks at the clock again.
        long milliseconds = Math.Min((remaining / NanosecondsPerMillisecond) + 1, MillisecondsMax);
        _ = _socket.Poll((int)milliseconds * MicrosecondsPerMillisecond, mode);
        return TransportStatus.Ok;
    }
}
