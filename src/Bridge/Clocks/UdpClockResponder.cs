using System.Net;
using System.Net.Sockets;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Bridge.Clocks;

/// <summary>
/// Answers clock questions over UDP on this machine's loopback, on a thread of its own.
/// </summary>
public sealed class UdpClockResponder : IDisposable
{
    private const int LookMilliseconds = 100;
    private readonly Socket _socket;
    private readonly IRigClock _clock;
    private readonly Thread _thread;
    private long _answerCount;
    private long _refusedCount;
    private volatile bool _isStopping;

    private UdpClockResponder(Socket socket, IRigClock clock)
    {
        _socket = socket;
        _clock = clock;
        Port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        _thread = new Thread(Serve) { Name = "hilrig clock", IsBackground = true };
    }

    /// <summary>Port it answers on.</summary>
    public int Port { get; }

    /// <summary>Questions answered.</summary>
    public long AnswerCount => Volatile.Read(ref _answerCount);

    /// <summary>Datagrams that were no question.</summary>
    public long RefusedCount => Volatile.Read(ref _refusedCount);

    /// <summary>Starts answering on 127.0.0.1.</summary>
    /// <param name="port">Port; 0 for any.</param>
    /// <param name="clock">The clock to tell; null for CLOCK_MONOTONIC.</param>
    /// <exception cref="DeviceException">The port cannot be used.</exception>
    public static UdpClockResponder Start(int port = 0, IRigClock? clock = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveTimeout = LookMilliseconds,
        };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException cause)
        {
            socket.Dispose();
            throw new DeviceException(
                "The clock's port cannot be used",
                FormattableString.Invariant($"udp://127.0.0.1:{port}"),
                found: cause.Message.TrimEnd('.'),
                remedy: "another port, or 0 for any",
                inner: cause);
        }

        var responder = new UdpClockResponder(socket, clock ?? RigClock.Create());
        responder._thread.Start();
        return responder;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
        _socket.Dispose();
    }

    private void Serve()
    {
        using RealTimeKit kit = ClockThreads.Enter();
        byte[] message = new byte[ClockMessage.Bytes + 1];
        var sender = new SocketAddress(AddressFamily.InterNetwork);
        while (!_isStopping)
        {
            int count;
            try
            {
                count = _socket.ReceiveFrom(message, SocketFlags.None, sender);
            }
            catch (SocketException)
            {
                // The look period is over, or an ICMP error of an answer that nobody took.
                continue;
            }

            long received = _clock.NowNanoseconds;
            Answer(message, count, received, sender);
        }
    }

    private void Answer(byte[] message, int count, long received, SocketAddress sender)
    {
        if (!ClockMessage.TryDecode(message.AsSpan(0, count), out ClockMessage question)
            || question.IsAnswer)
        {
            Interlocked.Increment(ref _refusedCount);
            return;
        }

        Interlocked.Increment(ref _answerCount);
        new ClockMessage(true, question.Nonce, received, _clock.NowNanoseconds).Encode(message);
        try
        {
            _socket.SendTo(message.AsSpan(0, ClockMessage.Bytes), SocketFlags.None, sender);
        }
        catch (SocketException)
        {
            // The one who asked has gone.
        }
    }
}
