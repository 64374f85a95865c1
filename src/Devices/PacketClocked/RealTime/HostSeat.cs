using System.Net;
using System.Net.Sockets;
using HilRig.Core.RealTime;
using HilRig.Devices.PacketClocked.Wire;

namespace HilRig.Devices.PacketClocked.RealTime;

/// <summary>
/// The one place from which a controller is commanded: who has it, and what comes from there. A
/// host that says nothing for a second while nothing moves has left. Allocates nothing.
/// </summary>
internal sealed class HostSeat : IDisposable
{
    private const long SilenceNanosecondsMax = 1_000_000_000;
    private readonly Socket _socket;
    private readonly DatagramWait _wait;
    private readonly int _dofCount;
    private readonly ulong _rigDigest;
    private readonly long _periodNanoseconds;
    private readonly byte[] _received = new byte[PacketFrame.BytesMax + 1];
    private readonly byte[] _sent = new byte[PacketFrame.BytesMax];
    private readonly SocketAddress _sender = new(AddressFamily.InterNetwork);
    private readonly SocketAddress _host = new(AddressFamily.InterNetwork);
    private CommandPacket _accepted;
    private CommandPacket _incoming;
    private ulong _session;
    private long _heardNanoseconds;

    /// <summary>Takes a bound socket over.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="options">Joints, period and rig.</param>
    public HostSeat(Socket socket, PacketControllerOptions options)
    {
        _socket = socket;
        _wait = new DatagramWait(socket);
        _dofCount = options.Limits.Count;
        _rigDigest = options.RigDigest;
        _periodNanoseconds = options.Period.Ticks * TimeSpan.NanosecondsPerTick;
        _accepted = new CommandPacket(_dofCount);
        _incoming = new CommandPacket(_dofCount);
    }

    /// <summary>The command that <see cref="Accept"/> kept.</summary>
    public CommandPacket Command => _accepted;

    /// <summary>The command that came last.</summary>
    public CommandPacket Incoming => _incoming;

    /// <summary>Whether a datagram is waiting.</summary>
    public bool IsReady => _wait.IsReady();

    /// <summary>Datagrams that were no packet, or a stranger's.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>Waits for a datagram.</summary>
    /// <param name="untilNanoseconds">When to give up, CLOCK_MONOTONIC ns.</param>
    public bool Wait(long untilNanoseconds) => _wait.Until(untilNanoseconds);

    /// <summary>Keeps the command that came last.</summary>
    public void Accept() => (_accepted, _incoming) = (_incoming, _accepted);

    /// <summary>Sends a state to the host, if there is one.</summary>
    /// <param name="state">The state; its session is filled in.</param>
    /// <param name="keepsSeat">Whether the host keeps the seat though it is silent.</param>
    /// <param name="nowNanoseconds">Now, CLOCK_MONOTONIC ns.</param>
    public void Send(StatePacket state, bool keepsSeat, long nowNanoseconds)
    {
        if (_session != 0 && !keepsSeat
            && nowNanoseconds - _heardNanoseconds > SilenceNanosecondsMax)
        {
            _session = 0;
        }

        if (_session != 0)
        {
            state.Session = _session;
            state.Encode(_sent);
            SendTo(state.Bytes, _host);
        }
    }

    /// <summary>Takes one datagram.</summary>
    public SeatEvent Receive()
    {
        int count;
        try
        {
            count = _socket.ReceiveFrom(_received, SocketFlags.None, _sender);
        }
        catch (SocketException)
        {
            // Longer than any packet of ours (Windows says so by an exception).
            RefusedCount++;
            return SeatEvent.Nothing;
        }

        ReadOnlySpan<byte> packet = _received.AsSpan(0, count);
        if (SessionPacket.TryDecode(packet, out SessionPacket request))
        {
            return Take(request, PacketFrame.VersionOf(packet));
        }

        if (_session != 0
            && _incoming.TryDecode(packet)
            && _incoming.Session == _session
            && _sender.Equals(_host))
        {
            _heardNanoseconds = MonotonicClock.NowNanoseconds;
            return SeatEvent.Command;
        }

        RefusedCount++;
        return SeatEvent.Nothing;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private SeatEvent Take(in SessionPacket request, byte version)
    {
        if (request.Kind == PacketKind.Connect)
        {
            return TakeHost(request, version);
        }

        // A person's re-arm needs no seat; a stop is taken from whoever has it.
        if (version == PacketFrame.Version && request.Kind == PacketKind.Rearm
            && request.Value == _rigDigest)
        {
            return SeatEvent.Rearm;
        }

        if (version == PacketFrame.Version && request.Kind == PacketKind.Stop
            && _session != 0 && request.Session == _session)
        {
            _heardNanoseconds = MonotonicClock.NowNanoseconds;
            return SeatEvent.Stop;
        }

        RefusedCount++;
        return SeatEvent.Nothing;
    }

    private SeatEvent TakeHost(in SessionPacket request, byte version)
    {
        bool isKnown = request.Session == _session && _sender.Equals(_host);
        ConnectRefusal? refusal =
            version != PacketFrame.Version ? ConnectRefusal.Version
            : request.DofCount != _dofCount ? ConnectRefusal.JointCount
            : request.Value != _rigDigest ? ConnectRefusal.RigFile
            : request.Session == 0 || (_session != 0 && !isKnown) ? ConnectRefusal.Busy
            : null;
        var answer = new SessionPacket(
            refusal is null ? PacketKind.Connected : PacketKind.Refused,
            (byte)(refusal ?? default),
            _dofCount,
            request.Session,
            refusal is null ? (ulong)_periodNanoseconds : 0);
        answer.Encode(_sent);
        if (refusal is null)
        {
            _session = request.Session;
            _heardNanoseconds = MonotonicClock.NowNanoseconds;
            _sender.Buffer.CopyTo(_host.Buffer);
            _host.Size = _sender.Size;
        }

        SendTo(SessionPacket.Bytes, _sender);
        return refusal is null && !isKnown ? SeatEvent.Connected : SeatEvent.Nothing;
    }

    private void SendTo(int bytes, SocketAddress target)
    {
        try
        {
            _socket.SendTo(_sent.AsSpan(0, bytes), SocketFlags.None, target);
        }
        catch (SocketException)
        {
            // The queue of the system is full, or the host has gone: the packet is lost.
            RefusedCount++;
        }
    }
}
