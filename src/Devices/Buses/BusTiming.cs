using HilRig.Devices.Protocols.Feetech;

namespace HilRig.Devices.Buses;

/// <summary>
/// How long a transaction may take: bytes on the wire, return delays, and the adapter.
/// </summary>
public sealed record BusTiming
{
    /// <summary>
    /// Latency assumed until it has been measured, ns: an FTDI adapter's 16 ms timer and some
    /// scheduling.
    /// </summary>
    public const long UnmeasuredLatencyNanoseconds = 20_000_000;

    // Start bit, eight data bits, stop bit.
    private const long BitsPerByte = 10;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Bits per second; at least 1.</summary>
    public required int Baud { get; init; }

    /// <summary>Pause each servo makes before it answers, ns.</summary>
    public long ReturnDelayNanoseconds { get; init; }

    /// <summary>What adapter, drivers and scheduler may add to one transaction, ns.</summary>
    public long AdapterLatencyNanoseconds { get; init; } = UnmeasuredLatencyNanoseconds;

    /// <summary>Time on the wire, ns.</summary>
    /// <param name="byteCount">Bytes in one direction.</param>
    public long WireNanoseconds(int byteCount) =>
        byteCount * BitsPerByte * NanosecondsPerSecond / Baud;

    /// <summary>Longest time from the first byte out to the last byte in, ns.</summary>
    /// <param name="sentBytes">Bytes out.</param>
    /// <param name="replyCount">Servos that answer.</param>
    /// <param name="parameterBytes">Parameter bytes of each answer.</param>
    public long TransactionNanoseconds(int sentBytes, int replyCount, int parameterBytes)
    {
        int replyBytes = replyCount * (FeetechPacket.OverheadBytes + parameterBytes);
        return WireNanoseconds(sentBytes + replyBytes)
            + (replyCount * ReturnDelayNanoseconds)
            + AdapterLatencyNanoseconds;
    }
}
