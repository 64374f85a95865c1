using System.Net;
using System.Net.Sockets;
using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Bridge.Clocks;

/// <summary>
/// Asks over UDP. Nobody signs these answers: use it on one machine or on a network that is
/// trusted, and a stream inside TLS elsewhere.
/// </summary>
public sealed class UdpClockExchange : IClockExchange
{
    private readonly Socket _socket;
    private readonly IRigClock _clock;
    private readonly long _timeoutNanoseconds;
    private readonly byte[] _message = new byte[ClockMessage.Bytes];
    private readonly byte[] _arrived = new byte[ClockMessage.Bytes + 1];

    /// <summary>Makes an exchange with one peer.</summary>
    /// <param name="peer">Where it answers; other senders are not heard.</param>
    /// <param name="timeout">How long to wait for an answer.</param>
    /// <param name="clock">The local clock; null for CLOCK_MONOTONIC.</param>
    public UdpClockExchange(IPEndPoint peer, TimeSpan timeout, IRigClock? clock = null)
    {
        ArgumentNullException.ThrowIfNull(peer);
        _clock = clock ?? RigClock.Create();
        _timeoutNanoseconds = MonotonicClock.Nanoseconds(timeout);
        _socket = new Socket(peer.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveTimeout = (int)timeout.TotalMilliseconds,
        };
        _socket.Connect(peer);
    }

    /// <inheritdoc/>
    public ClockExchangeStatus TryExchange(ulong nonce, out ClockProbe probe)
    {
        probe = default;
        new ClockMessage(false, nonce, 0, 0).Encode(_message);
        long sent = _clock.NowNanoseconds;
        _socket.Send(_message, SocketFlags.None, out SocketError error);
        if (error != SocketError.Success)
        {
            // Nobody listens there yet (an ICMP error of the question before): ask again.
            return ClockExchangeStatus.Silent;
        }

        // Answers to earlier questions may still come: each is skipped, within one time-out.
        do
        {
            int count = _socket.Receive(_arrived, SocketFlags.None, out error);
            long received = _clock.NowNanoseconds;
            if (error == SocketError.Success
                && ClockMessage.TryDecode(_arrived.AsSpan(0, count), out ClockMessage answer)
                && answer.IsAnswer
                && answer.Nonce == nonce)
            {
                probe = new ClockProbe(sent, answer.Received, answer.Sent, received);
                return ClockExchangeStatus.Answered;
            }
        }
        while (error == SocketError.Success
            && _clock.NowNanoseconds - sent < _timeoutNanoseconds);

        return ClockExchangeStatus.Silent;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
