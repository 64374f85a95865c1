namespace HilRig.Bridge.Clocks;

/// <summary>Answers the questions of one peer over a stream that is already trusted.</summary>
public interface IClockResponder
{
    /// <summary>
    /// Answers until the peer ends the stream, breaks the protocol or falls silent for longer than
    /// the stream's read time-out. Blocks the calling thread; throws nothing of the stream's.
    /// </summary>
    /// <param name="stream">The stream, such as the inside of a TLS session.</param>
    /// <param name="stop">Ends serving: the stream is closed.</param>
    /// <returns>What ended it.</returns>
    ClockServiceEnd Serve(Stream stream, CancellationToken stop);
}
