using HilRig.Core.RealTime;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Transports;

namespace HilRig.Devices.Buses.RealTime;

/// <summary>
/// Sends one packet and collects its answers. Bytes left over from earlier transactions are thrown
/// away first, so a late answer cannot be taken for a new one.
/// </summary>
internal sealed class BusExchange
{
    private readonly IByteTransport _transport;
    private readonly FeetechParser _parser = new();
    private readonly BusCounters _counters;
    private long _lineFreeNanoseconds;

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
        _transport.DiscardInput();
        _parser.Clear();
        _parser.Expect(parameterBytes);
        BusStatus sent = Send(packetBytes);
        if (sent != BusStatus.Ok)
        {
            Fail(replies, sent);
            return;
        }

        int missing = CountMissing(replies);
        long allowed = Timing.TransactionNanoseconds(0, missing, parameterBytes);
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

    private static int CountMissing(ReadOnlySpan<ServoReply> replies)
    {
        int missing = 0;
        foreach (ServoReply reply in replies)
        {
            missing += IsAnswered(reply) ? 0 : 1;
        }

        return missing;
    }

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
            if (index < 0 || IsAnswered(replies[index]) || !(isComplete || isRefusal))
            {
                _counters.StrayCount++;
                continue;
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
            if (IsAnswered(replies[index]))
            {
                continue;
            }

            replies[index] = new ServoReply(status, ServoErrors.None, false, 0);
            _counters.TimeoutCount += status == BusStatus.Timeout ? 1 : 0;
            _counters.CorruptCount += status == BusStatus.Corrupt ? 1 : 0;
        }
    }
}
