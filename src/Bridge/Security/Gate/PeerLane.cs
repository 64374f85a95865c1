using HilRig.Bridge.Security.Zmtp;

namespace HilRig.Bridge.Security.Gate;

/// <summary>ZMTP with one peer, inside TLS. One reading thread; any may write.</summary>
internal sealed class PeerLane
{
    private readonly ZmtpReader _reader;
    private readonly FrameBudget _budget;

    /// <summary>Talks over a stream that somebody else closes.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="messageBytesMax">Longest message taken.</param>
    /// <param name="framesPerSecondMax">Most frames a second.</param>
    public PeerLane(Stream stream, int messageBytesMax, int framesPerSecondMax)
    {
        _reader = new ZmtpReader(stream, messageBytesMax);
        _budget = new FrameBudget(framesPerSecondMax);
        Writer = new ZmtpWriter(stream);
    }

    /// <summary>To the peer.</summary>
    public ZmtpWriter Writer { get; }

    /// <summary>Whether the newest frame is a command.</summary>
    public bool IsCommand => _reader.IsCommand;

    /// <summary>Its bytes; good until the next read.</summary>
    public ReadOnlySpan<byte> Body => _reader.Body;

    /// <summary>Exchanges greetings and READY.</summary>
    /// <param name="ours">Socket type that we are to the peer.</param>
    /// <param name="theirs">Socket type that it must be.</param>
    public GateReason Greet(string ours, string theirs)
    {
        Writer.WriteGreeting();
        Writer.WriteCommand(ZmtpCommand.Ready(ours));
        return _reader.ReadHandshake(theirs);
    }

    /// <summary>Reads the next frame; answers PING itself.</summary>
    /// <returns>None, PeerLeft, or what is wrong.</returns>
    public GateReason Read()
    {
        while (true)
        {
            GateReason reason = _reader.ReadFrame();
            if (reason != GateReason.None)
            {
                return reason;
            }

            if (!_budget.TryTake())
            {
                return GateReason.FrameRate;
            }

            if (!IsCommand)
            {
                return GateReason.None;
            }

            if (!ZmtpCommand.TrySplit(
                Body, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> rest))
            {
                return GateReason.MalformedCommand;
            }

            if (name.SequenceEqual("PING"u8))
            {
                if (ZmtpCommand.Pong(rest) is not { } pong)
                {
                    return GateReason.MalformedCommand;
                }

                Writer.WriteCommand(pong);
            }
            else if (!name.SequenceEqual("PONG"u8))
            {
                return GateReason.None;
            }
        }
    }
}
