using HilRig.Core.RealTime;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Transports;

namespace HilRig.Devices.Buses.RealTime;

/// <summary>
/// Sends one packet and collects its answers. Bytes left over from earlier transactions are thrown
/// away first. Answers carry no number, so the first values of a servo that was silent are not
/// taken either: they may answer a request of long ago. It is heard, and must answer once more.
/// </summary>
internal sealed class BusExchange
{
    // A loop that waits longer for what may never come is itself late.
    private const long OwedNanosecondsMax = 10_000_000;

    private readonly IByteTransport _transport;
    private readonly FeetechParser _parser = new();
    private readonly BusCounters _counters;
    private readonly bool[] _isSilent = new bool[byte.MaxValue + 1];
    private long _lineFreeNanoseconds;
    private long _allowedNanoseconds;
    private int _owed;
    private bool _isLate;

    public BusExchange(IByteTransport transport, BusCounters counters, BusTiming timing)
    {
        _transport = transport;
        _counters = counters;
        Timing = timing;
    }

    public BusTiming Timing { get; set; }

    /// <summary>Room for the packet to send.</summary>
    public byte[] Packet { get; } = new byte[FeetechPacket.PacketBytesMax];

    public long WriteStartNanoseconds { get; private set; }

    public long WriteEndNanoseconds { get; private set; }

    public long ReplyNanoseconds { get; private set; }

    public bool IsOpen => _transport.IsOpen;

    /// <summary>Sends the packet in <see cref="Packet"/>; nobody answers it.</summary>
    public BusStatus Send(int packetBytes)
    {
        long now = MonotonicClock.NowNanoseconds;

        // The line may still be busy with the packet before, which the system has only buffered.
        long wire = Timing.WireNanoseconds(packetBytes);
        _lineFreeNanoseconds = Math.Max(now, _lineFreeNanoseconds) + wire;
        _counters.SentCount++;
        WriteStartNanoseconds = now;
        TransportStatus status = _transport.Write(
            Packet.AsSpan(0, packetBytes), _lineFreeNanoseconds + Timing.AdapterLatencyNanoseconds);
        WriteEndNanoseconds = MonotonicClock.NowNanoseconds;
        return status switch
        {
            TransportStatus.Ok => BusStatus.Ok,
            TransportStatus.Timeout => BusStatus.Timeout,
            TransportStatus.Lost => BusStatus.Lost,
        };
    }

    /// <summary>Sends the packet and waits for an answer of each servo that has none yet.</summary>
    /// <param name="packetBytes">Bytes of the packet.</param>
    /// <param name="ids">Servos that answer.</param>
    /// <param name="parameterBytes">Bytes of each answer.</param>
    /// <param name="values">
    /// Receives the answers' bytes, by index in <paramref name="ids"/>.
    /// </param>
    /// <param name="replies">
    /// Receives how each answered; those without values are waited for.
    /// </param>
    public void Ask(
        int packetBytes,
        ReadOnlySpan<byte> ids,
        int parameterBytes,
        Span<byte> values,
        Span<ServoReply> replies)
    {
        AwaitOwed();
        _transport.DiscardInput();
        _parser.Clear();
        _parser.Expect(parameterBytes);
        BusStatus sent = Send(packetBytes);
        if (sent != BusStatus.Ok)
        {
            Fail(replies, sent);
            return;
        }

        int missing = ForgetMissing(replies);
        long allowed = Timing.TransactionNanoseconds(0, missing, parameterBytes);
        _allowedNanoseconds = allowed;
        long deadline = _lineFreeNanoseconds + allowed;
        long damagedBefore = _parser.SkippedByteCount;
        TransportStatus status = TransportStatus.Ok;
        while (missing > 0 && status == TransportStatus.Ok)
        {
            status = _transport.Read(_parser.GetWritable(), deadline, out int count);
            _parser.Commit(count);
            missing -= TakeFrames(ids, parameterBytes, values, replies);
        }

        while (missing > 0 && _parser.PendingByteCount > 0)
        {
            _parser.AbandonPartial();
            missing -= TakeFrames(ids, parameterBytes, values, replies);
        }

        if (missing > 0)
        {
            bool isDamaged = _parser.SkippedByteCount != damagedBefore;
            Fail(replies, status == TransportStatus.Lost ? BusStatus.Lost
                : isDamaged ? BusStatus.Corrupt
                : BusStatus.Timeout);
        }
    }

    /// <summary>Remembers who has not been heard, after the last attempt.</summary>
    /// <param name="ids">Servos that were asked.</param>
    /// <param name="replies">How each answered.</param>
    public void NoteSilence(ReadOnlySpan<byte> ids, ReadOnlySpan<ServoReply> replies)
    {
        bool isLate = _isLate;
        for (int index = 0; index < ids.Length; index++)
        {
            if (replies[index].Status == BusStatus.Timeout && !IsHeard(replies[index]))
            {
                // Who stays silent is not waited for again, unless answers are known to be late.
                _owed += isLate || !_isSilent[ids[index]] ? 1 : 0;
                _isSilent[ids[index]] = true;
                _isLate = false;
            }
        }
    }

    // Answers that did not come in time may come yet: the line must be quiet for a while.
    private void AwaitOwed()
    {
        long deadline = MonotonicClock.NowNanoseconds
            + Math.Min(_allowedNanoseconds, OwedNanosecondsMax);
        while (_owed > 0 && _transport.Read(_parser.GetWritable(), deadline, out int count)
            == TransportStatus.Ok)
        {
            _parser.Commit(count);
            while (_parser.TryNext(out FeetechFrame late))
            {
                _counters.LateCount++;
                _owed -= _isSilent[late.Id] ? 1 : 0;
                _isSilent[late.Id] = false;
                _isLate = true;
            }
        }

        _owed = 0;
    }

    private static int ForgetMissing(Span<ServoReply> replies)
    {
        int missing = 0;
        foreach (ref ServoReply reply in replies)
        {
            if (!IsAnswered(reply))
            {
                reply = default(ServoReply) with { Status = BusStatus.Timeout };
                missing++;
            }
        }

        return missing;
    }

    private static bool IsHeard(in ServoReply reply) => reply.ReplyNanoseconds != 0;

    private static bool IsAnswered(in ServoReply reply) =>
        reply.Status is BusStatus.Ok or BusStatus.DeviceError;

    private int TakeFrames(
        ReadOnlySpan<byte> ids, int parameterBytes, Span<byte> values, Span<ServoReply> replies)
    {
        int taken = 0;
        while (_parser.TryNext(out FeetechFrame frame))
        {
            int index = ids.IndexOf(frame.Id);
            bool isComplete = frame.Parameters.Length == parameterBytes;
            bool isRefusal = frame.Parameters.Length == 0 && frame.Errors != ServoErrors.None;
            if (index < 0 || IsAnswered(replies[index]) || IsHeard(replies[index])
                || !(isComplete || isRefusal))
            {
                _counters.StrayCount++;
                continue;
            }

            if (_isSilent[frame.Id])
            {
                // An acknowledgement carries no values that could be old.
                _isSilent[frame.Id] = false;
                if (parameterBytes > 0)
                {
                    _isLate = true;
                    _counters.LateCount++;
                    replies[index] = new ServoReply(
                        BusStatus.Timeout, ServoErrors.None, false, MonotonicClock.NowNanoseconds);
                    taken++;
                    continue;
                }
            }

            if (isComplete)
            {
                frame.Parameters.CopyTo(values[(index * parameterBytes)..]);
            }

            ReplyNanoseconds = MonotonicClock.NowNanoseconds;
            BusStatus status =
                frame.Errors == ServoErrors.None ? BusStatus.Ok : BusStatus.DeviceError;
            replies[index] = new ServoReply(status, frame.Errors, isComplete, ReplyNanoseconds);
            _counters.ReplyCount++;
            taken++;
        }

        return taken;
    }

    private void Fail(Span<ServoReply> replies, BusStatus status)
    {
        for (int index = 0; index < replies.Length; index++)
        {
            if (IsAnswered(replies[index]) || IsHeard(replies[index]))
            {
                continue;
            }

            replies[index] = new ServoReply(status, ServoErrors.None, false, 0);
            _counters.TimeoutCount += status == BusStatus.Timeout ? 1 : 0;
            _counters.CorruptCount += status == BusStatus.Corrupt ? 1 : 0;
        }
    }
}
