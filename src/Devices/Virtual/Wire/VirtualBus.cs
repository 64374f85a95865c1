using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Virtual.Faults;

namespace HilRig.Devices.Virtual.Wire;

/// <summary>
/// The line between host and servos: turns bytes from the host into instructions that reach the arm
/// when their last bit would, and replies into bytes with the instant at which the host gets them.
/// Knows no clock and no port: instants are time of the arm, ns. One thread, no allocation.
/// <para>
/// A servo samples its registers when its turn to reply begins. A servo that is asked in a sync
/// read but does not answer leaves a gap as long as its reply. A packet whose rest does not come
/// within 5 ms is given up. (Both are guesses: Feetech publishes neither.)
/// </para>
/// </summary>
internal sealed class VirtualBus
{
    private const long PacketGapNanoseconds = 5_000_000;
    private const int RepliesHeld = 1024;

    private readonly VirtualArm _arm;
    private readonly bool _isPaced;
    private readonly FeetechParser _parser = new();
    private readonly PlannedReply[] _planned = new PlannedReply[VirtualArm.RepliesMax];
    private readonly byte[] _content = new byte[FeetechPacket.ParameterBytesMax];
    private readonly byte[] _arena = new byte[RepliesHeld * FeetechPacket.PacketBytesMax];
    private readonly (long Release, int Start, int Count)[] _replies =
        new (long, int, int)[RepliesHeld];

    private WireTiming _timing;
    private volatile BusFault[] _faults;
    private long _lastBytesAt;
    private int _baud;
    private int _pacingBaud = 1;
    private int _replyCount;
    private int _nextReply;
    private int _arenaUsed;
    private bool _isCut;

    internal VirtualBus(
        VirtualArm arm,
        bool isPaced,
        long usbFrameNanoseconds,
        IEnumerable<BusFault> faults)
    {
        _arm = arm;
        _isPaced = isPaced;
        _timing = new WireTiming(usbFrameNanoseconds);
        _faults = [.. faults];
    }

    /// <summary>Instructions that were understood.</summary>
    internal long PacketCount { get; private set; }

    /// <summary>Replies sent.</summary>
    internal long SentReplyCount { get; private set; }

    /// <summary>Bytes that belonged to no packet.</summary>
    internal long SkippedByteCount => _parser.SkippedByteCount;

    /// <summary>Whether a fault has closed the port.</summary>
    internal bool IsCut => _isCut;

    /// <summary>Adds a fault while the bus runs. Any thread, one at a time.</summary>
    internal void Inject(BusFault fault) => _faults = [.. _faults, fault];

    /// <summary>Forgets half a packet: another host has come.</summary>
    internal void Restart() => _parser.Clear();

    /// <summary>Steps the arm while nothing comes. All replies must have been taken.</summary>
    /// <param name="now">Now.</param>
    internal void Idle(long now)
    {
        ForgetReplies();
        _arm.StepTo(now);
        AdvanceFaults();
        if (now - _lastBytesAt > PacketGapNanoseconds)
        {
            while (_parser.PendingByteCount > 0)
            {
                _parser.AbandonPartial();
                while (_parser.TryNext(out var frame))
                {
                    ActOn(frame, Send(now, 0));
                }
            }
        }
    }

    /// <summary>Takes bytes of the host. All replies must have been taken.</summary>
    /// <param name="bytes">What came.</param>
    /// <param name="now">When it came.</param>
    /// <param name="baud">
    /// Baud rate of the host; 0 when the port has none, so that all servos hear.
    /// </param>
    /// <param name="pacingBaud">Baud rate to pace at.</param>
    internal void Receive(ReadOnlySpan<byte> bytes, long now, int baud, int pacingBaud)
    {
        ForgetReplies();
        _lastBytesAt = now;
        _baud = baud;
        _pacingBaud = pacingBaud;
        var fed = 0;
        var sent = 0;
        while (fed < bytes.Length)
        {
            fed += _parser.Feed(bytes[fed..]);
            while (_parser.TryNext(out var frame))
            {
                // What the parser still holds comes after this packet.
                var upToPacket = fed - _parser.PendingByteCount;
                ActOn(frame, Send(now, upToPacket - sent));
                sent = upToPacket;
            }
        }

        Send(now, bytes.Length - sent);
    }

    /// <summary>The next reply, in the order of the line.</summary>
    /// <param name="release">When the host has its last byte.</param>
    /// <param name="frame">Its bytes; valid until the next call of another member.</param>
    internal bool TryTake(out long release, out ReadOnlySpan<byte> frame)
    {
        if (_nextReply == _replyCount)
        {
            release = 0;
            frame = default;
            return false;
        }

        var (at, start, count) = _replies[_nextReply++];
        release = at;
        frame = _arena.AsSpan(start, count);
        return true;
    }

    private void AdvanceFaults()
    {
        foreach (var fault in _faults)
        {
            fault.Advance(_arm);
            _isCut |= fault.CutsPort;
        }
    }

    private void ForgetReplies()
    {
        _replyCount = 0;
        _nextReply = 0;
        _arenaUsed = 0;
    }

    /// <summary>Bytes go out on the line; says when the last has arrived.</summary>
    private long Send(long now, int bytes) =>
        _isPaced ? _timing.Send(now, bytes, _pacingBaud) : now;

    private void ActOn(in FeetechFrame frame, long arrived)
    {
        PacketCount++;
        _arm.StepTo(arrived);
        AdvanceFaults();
        var count = _arm.Execute(frame, _baud, _planned);
        for (var i = 0; i < count; i++)
        {
            Answer(_planned[i], arrived);
        }
    }

    private void Answer(in PlannedReply reply, long arrived)
    {
        var bytes = reply.Count + FeetechPacket.OverheadBytes;
        if (reply.Servo < 0)
        {
            Send(arrived, bytes);
            return;
        }

        var servo = _arm.Servos[reply.Servo];
        var start = _isPaced
            ? _timing.ReplyStart(FeetechUnits.ReturnDelayToNanoseconds(
                servo.Table.Get(Sts3215.ReturnDelay)))
            : arrived;
        var effect = default(ReplyEffect);
        foreach (var fault in _faults)
        {
            effect = effect.And(fault.OnReply(servo.Id));
        }

        start += effect.DelayNanoseconds;
        _arm.StepTo(start);
        var release = (_isPaced ? _timing.Reply(start, bytes, _pacingBaud) : start)
            + effect.HandoverNanoseconds;
        if (effect.IsLost || _replyCount == RepliesHeld)
        {
            return;
        }

        var target = _arena.AsSpan(_arenaUsed, bytes);
        Encode(reply, target);
        if (effect.IsCorrupt)
        {
            // One bit of the checksum, so that the frame stays well formed but wrong.
            target[^1] ^= 0x10;
        }

        _replies[_replyCount++] = (release, _arenaUsed, bytes);
        _arenaUsed += bytes;
        SentReplyCount++;
    }

    private void Encode(in PlannedReply reply, Span<byte> target)
    {
        var servo = _arm.Servos[reply.Servo];
        var id = servo.Id;
        var errors = servo.Errors;
        var content = _content.AsSpan(0, reply.Count);
        servo.Table.Live.Slice(reply.Address, reply.Count).CopyTo(content);
        foreach (var fault in _faults)
        {
            fault.Falsify(reply.Servo, ref id, ref errors, reply.Address, content);
        }

        FeetechPacket.EncodeStatus(target, id, errors, content);
    }
}
