using HilRig.Core.RealTime;
using HilRig.Core.Errors;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Transports;

namespace HilRig.Devices.Buses.RealTime;

/// <summary>
/// A bus of Feetech STS servos. Each transaction has its own deadline, computed from bytes, baud
/// rate, servos and measured latency. Nothing throws or allocates after construction, except
/// <see cref="Configure"/>. Reads are sent again at once, up to twice, while the caller's budget
/// lasts; writes never are. One thread.
/// </summary>
public sealed class FeetechBus : IDisposable
{
    /// <summary>How often a read is sent again.</summary>
    public const int ReadRetriesMax = 2;

    /// <summary>Most servos of one sync read or write.</summary>
    public const int ServoCountMax = 64;

    private readonly IByteTransport _transport;
    private readonly BusExchange _exchange;
    private readonly byte[] _oneId = new byte[1];
    private readonly ServoReply[] _oneReply = new ServoReply[1];
    private readonly byte[] _missingIds = new byte[ServoCountMax];

    /// <summary>Takes over an open transport.</summary>
    /// <param name="transport">The port; this disposes it.</param>
    /// <param name="timing">Baud rate and latencies.</param>
    public FeetechBus(IByteTransport transport, BusTiming timing)
    {
        _transport = transport;
        _exchange = new BusExchange(transport, Counters, timing);
    }

    /// <summary>Port name.</summary>
    public string Name => _transport.Name;

    /// <summary>False once the port was lost.</summary>
    public bool IsOpen => _exchange.IsOpen;

    /// <summary>What this bus has been through.</summary>
    public BusCounters Counters { get; } = new();

    /// <summary>What deadlines are computed from.</summary>
    public BusTiming Timing
    {
        get => _exchange.Timing;
        set => _exchange.Timing = value;
    }

    /// <summary>When the last packet began to be written, CLOCK_MONOTONIC ns.</summary>
    public long WriteStartNanoseconds => _exchange.WriteStartNanoseconds;

    /// <summary>When the last packet had been handed to the system, CLOCK_MONOTONIC ns.</summary>
    public long WriteEndNanoseconds => _exchange.WriteEndNanoseconds;

    /// <summary>When the last valid answer was complete, CLOCK_MONOTONIC ns.</summary>
    public long ReplyNanoseconds => _exchange.ReplyNanoseconds;

    internal WriteGuard Guard { get; } = new();

    /// <summary>Asks whether a servo is there.</summary>
    /// <param name="id">Servo.</param>
    /// <param name="errors">Error bits it reports.</param>
    /// <param name="budgetEndNanoseconds">
    /// No retry that could end after this, CLOCK_MONOTONIC ns.
    /// </param>
    public BusStatus Ping(
        byte id, out ServoErrors errors, long budgetEndNanoseconds = long.MaxValue) =>
        AskOne(
            id,
            FeetechPacket.EncodePing(_exchange.Packet, id),
            default,
            out errors,
            budgetEndNanoseconds);

    /// <summary>Reads register bytes.</summary>
    /// <param name="id">Servo.</param>
    /// <param name="address">First register address.</param>
    /// <param name="target">
    /// Receives the bytes, 1 to 253; untouched unless Ok or DeviceError.
    /// </param>
    /// <param name="errors">Error bits the servo reports.</param>
    /// <param name="budgetEndNanoseconds">
    /// No retry that could end after this, CLOCK_MONOTONIC ns.
    /// </param>
    public BusStatus Read(
        byte id,
        byte address,
        Span<byte> target,
        out ServoErrors errors,
        long budgetEndNanoseconds = long.MaxValue)
    {
        errors = ServoErrors.None;
        if (id > FeetechPacket.ServoIdMax
            || target.Length is 0 or > FeetechPacket.ParameterBytesMax)
        {
            return Refuse();
        }

        int length = FeetechPacket.EncodeRead(_exchange.Packet, id, address, (byte)target.Length);
        return AskOne(id, length, target, out errors, budgetEndNanoseconds);
    }

    /// <summary>Reads one register.</summary>
    /// <param name="id">Servo.</param>
    /// <param name="register">Register.</param>
    /// <param name="value">Its value in counts; 0 unless Ok or DeviceError.</param>
    public BusStatus Read(byte id, Register register, out int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        bytes.Clear();
        BusStatus status = Read(id, register.Address, bytes[..register.Length], out _);
        value = register.Decode(bytes);
        return status;
    }

    /// <summary>Writes one register and waits for the servo's acknowledgement.</summary>
    /// <param name="id">Servo, or 254: everyone, without acknowledgement.</param>
    /// <param name="register">Register.</param>
    /// <param name="value">Value in counts.</param>
    /// <returns>Refused when it may not be written or the value does not fit.</returns>
    public BusStatus Write(byte id, Register register, int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        return register.Access == RegisterAccess.ReadWrite && register.TryEncode(value, bytes)
            ? Write(id, register.Address, bytes[..register.Length])
            : Refuse();
    }

    /// <summary>
    /// Writes register bytes and waits for the servo's acknowledgement. Never sent again.
    /// </summary>
    /// <param name="id">Servo, or 254: everyone, without acknowledgement.</param>
    /// <param name="address">First register address.</param>
    /// <param name="bytes">1 to 252 bytes.</param>
    public BusStatus Write(byte id, byte address, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= FeetechPacket.ParameterBytesMax || !Guard.Allows(id, address, bytes))
        {
            return Refuse();
        }

        int length = FeetechPacket.EncodeWrite(_exchange.Packet, id, address, bytes);
        return id == FeetechPacket.BroadcastId ? _exchange.Send(length) : Tell(id, length);
    }

    /// <summary>Prepares a write that happens at <see cref="Action"/>. Never sent again.</summary>
    /// <inheritdoc cref="Write(byte, byte, ReadOnlySpan{byte})"/>
    public BusStatus RegWrite(byte id, byte address, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= FeetechPacket.ParameterBytesMax || !Guard.Allows(id, address, bytes))
        {
            return Refuse();
        }

        int length = FeetechPacket.EncodeRegWrite(_exchange.Packet, id, address, bytes);
        return id == FeetechPacket.BroadcastId ? _exchange.Send(length) : Tell(id, length);
    }

    /// <summary>
    /// Makes every servo do what it has prepared. Nobody answers; never sent again.
    /// </summary>
    public BusStatus Action() => _exchange.Send(FeetechPacket.EncodeAction(_exchange.Packet));

    /// <summary>Reads the same registers of several servos in one transaction.</summary>
    /// <param name="address">First register address.</param>
    /// <param name="ids">Servos, each once, at most 64.</param>
    /// <param name="values">
    /// Receives the bytes, the same number for each servo in turn; those of a servo that did not
    /// answer stay as they were.
    /// </param>
    /// <param name="replies">Receives how each servo answered.</param>
    /// <param name="budgetEndNanoseconds">
    /// No retry that could end after this, CLOCK_MONOTONIC ns.
    /// </param>
    /// <returns>The worst of the servos' statuses.</returns>
    public BusStatus SyncRead(
        byte address,
        ReadOnlySpan<byte> ids,
        Span<byte> values,
        Span<ServoReply> replies,
        long budgetEndNanoseconds = long.MaxValue)
    {
        if (ids.Length is 0 or > ServoCountMax || replies.Length != ids.Length
            || values.Length == 0 || values.Length % ids.Length != 0
            || values.Length / ids.Length > FeetechPacket.ParameterBytesMax)
        {
            return Refuse();
        }

        int count = values.Length / ids.Length;
        replies.Fill(new ServoReply(BusStatus.Timeout, ServoErrors.None, false, 0));
        int length = FeetechPacket.EncodeSyncRead(_exchange.Packet, address, (byte)count, ids);
        _exchange.Ask(length, ids, count, values, replies);
        for (int retry = 0; retry < ReadRetriesMax; retry++)
        {
            int missingCount = ListMissing(ids, replies);
            if (!MayRetry(Worst(replies), missingCount, count, budgetEndNanoseconds))
            {
                break;
            }

            length = FeetechPacket.EncodeSyncRead(
                _exchange.Packet, address, (byte)count, _missingIds.AsSpan(0, missingCount));
            _exchange.Ask(length, ids, count, values, replies);
            Counters.RecoveredCount += missingCount - ListMissing(ids, replies);
        }

        _exchange.NoteSilence(ids, replies);
        return Worst(replies);
    }

    /// <summary>
    /// Writes the same registers of several servos in one packet. Nobody answers.
    /// </summary>
    /// <param name="address">First register address.</param>
    /// <param name="ids">Servos, each once, at most 64.</param>
    /// <param name="values">The bytes, the same number for each servo in turn.</param>
    public BusStatus SyncWrite(byte address, ReadOnlySpan<byte> ids, ReadOnlySpan<byte> values)
    {
        if (ids.Length is 0 or > ServoCountMax
            || values.Length == 0
            || values.Length % ids.Length != 0)
        {
            return Refuse();
        }

        int count = values.Length / ids.Length;
        if (2 + (ids.Length * (count + 1)) > FeetechPacket.ParameterBytesMax)
        {
            return Refuse();
        }

        for (int index = 0; index < ids.Length; index++)
        {
            if (!Guard.Allows(ids[index], address, values.Slice(index * count, count)))
            {
                return Refuse();
            }
        }

        return _exchange.Send(
            FeetechPacket.EncodeSyncWrite(_exchange.Packet, address, (byte)count, ids, values));
    }

    /// <summary>
    /// Allows writes to a servo's registers below 40 until the result is disposed. Set-up only.
    /// </summary>
    /// <param name="id">Servo.</param>
    /// <param name="lifetime">Whether such writes shall survive power-off.</param>
    /// <exception cref="DeviceException">
    /// The servo does not confirm the state of its lock.
    /// </exception>
    public ConfigurationScope Configure(byte id, ConfigurationLifetime lifetime)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(id, FeetechPacket.ServoIdMax);
        bool isLocked = lifetime == ConfigurationLifetime.UntilPowerOff;
        BusStatus status = WriteLock(id, isLocked);
        if (status is not (BusStatus.Ok or BusStatus.DeviceError))
        {
            throw new DeviceException(
                "the servo does not confirm its lock register",
                where: $"{Name}, servo {id}",
                expected: "an acknowledgement",
                found: status.ToString(),
                remedy: "check cabling and supply of this servo");
        }

        Guard.Allow(id, lifetime);
        return new ConfigurationScope(this, id, lifetime);
    }

    /// <summary>
    /// Closes the port. It sends nothing: what the arm does then is the safe posture's matter.
    /// </summary>
    public void Dispose() => _transport.Dispose();

    internal BusStatus WriteLock(byte id, bool isLocked)
    {
        ReadOnlySpan<byte> value = [isLocked ? (byte)1 : (byte)0];
        return Tell(
            id, FeetechPacket.EncodeWrite(_exchange.Packet, id, Sts3215.Lock.Address, value));
    }

    // One attempt, acknowledged by a packet without parameters.
    private BusStatus Tell(byte id, int packetBytes)
    {
        _oneId[0] = id;
        _oneReply[0] = new ServoReply(BusStatus.Timeout, ServoErrors.None, false, 0);
        _exchange.Ask(packetBytes, _oneId, 0, default, _oneReply);
        return _oneReply[0].Status;
    }

    private BusStatus AskOne(
        byte id,
        int packetBytes,
        Span<byte> target,
        out ServoErrors errors,
        long budgetEndNanoseconds)
    {
        _oneId[0] = id;
        _oneReply[0] = new ServoReply(BusStatus.Timeout, ServoErrors.None, false, 0);
        _exchange.Ask(packetBytes, _oneId, target.Length, target, _oneReply);
        for (int retry = 0; retry < ReadRetriesMax; retry++)
        {
            if (!MayRetry(_oneReply[0].Status, 1, target.Length, budgetEndNanoseconds))
            {
                break;
            }

            _exchange.Ask(packetBytes, _oneId, target.Length, target, _oneReply);
            bool isAnswered = _oneReply[0].Status is BusStatus.Ok or BusStatus.DeviceError;
            Counters.RecoveredCount += isAnswered ? 1 : 0;
        }

        _exchange.NoteSilence(_oneId, _oneReply);
        errors = _oneReply[0].Errors;
        return _oneReply[0].Status;
    }

    private bool MayRetry(
        BusStatus status, int missingCount, int parameterBytes, long budgetEndNanoseconds)
    {
        bool isWorthIt = status is BusStatus.Corrupt or BusStatus.Timeout;
        int sentBytes = FeetechPacket.OverheadBytes + 2 + missingCount;
        long needed = Timing.TransactionNanoseconds(sentBytes, missingCount, parameterBytes);
        if (!isWorthIt || MonotonicClock.NowNanoseconds > budgetEndNanoseconds - needed)
        {
            return false;
        }

        Counters.RetryCount++;
        return true;
    }

    private int ListMissing(ReadOnlySpan<byte> ids, ReadOnlySpan<ServoReply> replies)
    {
        int count = 0;
        for (int index = 0; index < ids.Length; index++)
        {
            if (replies[index].Status is BusStatus.Corrupt or BusStatus.Timeout)
            {
                _missingIds[count++] = ids[index];
            }
        }

        return count;
    }

    private static BusStatus Worst(ReadOnlySpan<ServoReply> replies)
    {
        BusStatus worst = BusStatus.Ok;
        foreach (ServoReply reply in replies)
        {
            worst = reply.Status > worst ? reply.Status : worst;
        }

        return worst;
    }

    private BusStatus Refuse()
    {
        Counters.RefusedCount++;
        return BusStatus.Refused;
    }
}
