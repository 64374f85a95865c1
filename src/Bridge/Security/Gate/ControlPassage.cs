using Google.Protobuf;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Wire;

namespace HilRig.Bridge.Security.Gate;

/// <summary>
/// The control stream of one peer: judges what goes in, notes which sessions come out. It holds one
/// frame each way; who does not read makes the other side wait.
/// </summary>
internal sealed class ControlPassage
{
    private readonly GateConnection _connection;
    private readonly PeerLane _peer;
    private readonly BridgePeer _bridge;
    private readonly BoundSessions _sessions = new();
    private readonly ControlRules _rules;

    /// <summary>Joins a peer and the bridge, which both have shaken hands.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="peer">The peer.</param>
    /// <param name="bridge">The bridge.</param>
    public ControlPassage(GateConnection connection, PeerLane peer, BridgePeer bridge)
    {
        _connection = connection;
        _peer = peer;
        _bridge = bridge;
        _rules = new ControlRules(connection.Key!, _sessions, connection.House.Issued);
    }

    /// <summary>Passes frames until one side ends.</summary>
    /// <returns>Why it ended.</returns>
    public GateReason Run()
    {
        _connection.StartHelper(PassAnswers);
        while (true)
        {
            GateReason reason = _peer.Read();
            if (reason == GateReason.None && _peer.IsCommand)
            {
                reason = GateReason.MalformedCommand;
            }

            if (reason == GateReason.None)
            {
                reason = Pass(_rules.Judge(_peer.Body));
            }

            if (reason != GateReason.None)
            {
                return reason;
            }
        }
    }

    private GateReason Pass(in FrameVerdict verdict)
    {
        switch (verdict.Fate)
        {
            case FrameFate.Forward:
                Interlocked.Increment(ref _connection.House.Tally.FramesForwarded);
                return _bridge.TrySend(_peer.Body) ? GateReason.None : GateReason.BridgeLost;
            case FrameFate.Drop:
                _connection.Report(verdict.Reason, null);
                if (verdict.Answer is { } answer)
                {
                    _peer.Writer.WriteMessage([(byte)verdict.AnswerKind, .. answer.ToByteArray()]);
                }

                return GateReason.None;
            default:
                return verdict.Reason;
        }
    }

    private GateReason PassAnswers()
    {
        while (_bridge.TryRead())
        {
            MessageKind kind = Frames.Split(_bridge.Message, out ReadOnlySpan<byte> payload);
            if (kind == MessageKind.Welcome && Frames.Parse<Welcome>(payload) is { } welcome)
            {
                _sessions.Add(welcome.SessionId);
                _connection.House.Issued.Add(welcome.SessionId, _connection.Key!.Fingerprint);
            }

            _peer.Writer.WriteMessage(_bridge.Message);
        }

        return GateReason.BridgeLost;
    }
}
