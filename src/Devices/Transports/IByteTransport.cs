namespace HilRig.Devices.Transports;

/// <summary>
/// A two-way byte stream with a deadline for each call: a serial port, a pseudo-terminal, a socket.
/// One thread uses it at a time. After <see cref="TransportStatus.Lost"/> it stays closed; open a
/// new one.
/// </summary>
public interface IByteTransport : IDisposable
{
    /// <summary>Port name as the user wrote it.</summary>
    string Name { get; }

    /// <summary>False once the device was lost or this was disposed.</summary>
    bool IsOpen { get; }

    /// <summary>
    /// Least latency to allow for in a transaction, ns: a scheduler may take whoever carries the
    /// bytes away that long. Allowing more costs nothing while answers come.
    /// </summary>
    long LatencyNanosecondsMin => 2_000_000;

    /// <summary>Writes every byte.</summary>
    /// <param name="bytes">What to write.</param>
    /// <param name="deadlineNanoseconds">When to give up, CLOCK_MONOTONIC ns.</param>
    /// <returns>
    /// Ok: the system has all bytes. Timeout: it took only some of them. Lost: the device is gone.
    /// </returns>
    TransportStatus Write(ReadOnlySpan<byte> bytes, long deadlineNanoseconds);

    /// <summary>Waits for at least one byte and takes what is there.</summary>
    /// <param name="target">Receives the bytes; not empty.</param>
    /// <param name="deadlineNanoseconds">
    /// When to give up, CLOCK_MONOTONIC ns; one that has passed takes what is there without
    /// waiting.
    /// </param>
    /// <param name="count">Bytes read; 0 unless the result is Ok.</param>
    /// <returns>Ok, Timeout (nothing came), or Lost.</returns>
    TransportStatus Read(Span<byte> target, long deadlineNanoseconds, out int count);

    /// <summary>Throws away bytes that have come but were not read. Never waits.</summary>
    void DiscardInput();
}
