using Google.Protobuf;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Security.Keys;
using HilRig.Bridge.Wire;

namespace HilRig.Bridge.Security.Gate;

/// <summary>
/// What a peer may say on the control stream, by its key's role and its connection's sessions. What
/// is not known is not allowed. One thread.
/// </summary>
internal sealed class ControlRules
{
    private readonly AllowedKey _key;
    private readonly BoundSessions _sessions;
    private readonly IssuedSessions _issued;
    private readonly Command _command = new();
    private readonly MessageParser<Command> _commands;

    /// <summary>Takes who the peer is.</summary>
    /// <param name="key">Its key and role.</param>
    /// <param name="sessions">Sessions opened on its connection.</param>
    /// <param name="issued">Sessions of everybody.</param>
    public ControlRules(AllowedKey key, BoundSessions sessions, IssuedSessions issued)
    {
        _key = key;
        _sessions = sessions;
        _issued = issued;

        // A parser that "creates" the same object parses in place.
        _commands = new MessageParser<Command>(() => _command).WithDiscardUnknownFields(true);
    }

    /// <summary>Judges a frame.</summary>
    /// <param name="frame">Its bytes: kind, then message.</param>
    public FrameVerdict Judge(ReadOnlySpan<byte> frame)
    {
        MessageKind kind = Frames.Split(frame, out ReadOnlySpan<byte> payload);
        return kind switch
        {
            MessageKind.Hello => JudgeHello(Frames.Parse<Hello>(payload)),
            MessageKind.Command => JudgeCommand(payload),
            MessageKind.Request => JudgeRequest(Frames.Parse<Request>(payload)),
            _ => FrameVerdict.Close(GateReason.UnknownKind),
        };
    }

    private static KeyRole? RoleFor(RequestKind kind) => kind switch
    {
        RequestKind.Heartbeat or RequestKind.Stop or RequestKind.Release => KeyRole.Observe,
        RequestKind.Arm => KeyRole.Command,
        RequestKind.Rearm or RequestKind.Quit => KeyRole.Admin,
        _ => null,
    };

    private FrameVerdict JudgeHello(Hello? hello)
    {
        if (hello is null || hello.Role is not (Role.Owner or Role.Observer))
        {
            return FrameVerdict.Close(GateReason.MalformedMessage);
        }

        if (hello.Role == Role.Observer || _key.Role >= KeyRole.Command)
        {
            return FrameVerdict.Forward;
        }

        var refusal = new Refusal
        {
            Reason = RefusalReason.Role,
            What = "the key may not own the rig",
            Expected = "a key with the role command or admin",
            Found = $"key \"{_key.Name}\" with the role {_key.Role}",
            Remedy = "observe, or have the key allowed: hilrig keys allow … --role command",
        };
        return new FrameVerdict(
            FrameFate.Drop, GateReason.RoleDenied, MessageKind.Refusal, refusal);
    }

    private FrameVerdict JudgeCommand(ReadOnlySpan<byte> payload)
    {
        if (_key.Role < KeyRole.Command)
        {
            return new FrameVerdict(FrameFate.Drop, GateReason.RoleDenied);
        }

        _command.SessionId = 0;
        _command.Position.Clear();
        try
        {
            _commands.ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException)
        {
            return FrameVerdict.Close(GateReason.MalformedMessage);
        }

        return _sessions.Contains(_command.SessionId)
            ? FrameVerdict.Forward
            : new FrameVerdict(FrameFate.Drop, GateReason.ForeignSession);
    }

    private FrameVerdict JudgeRequest(Request? request)
    {
        if (request is null || RoleFor(request.Kind) is not { } needed)
        {
            return FrameVerdict.Close(GateReason.MalformedMessage);
        }

        bool isOurs = _sessions.Contains(request.SessionId)
            || (request.Kind == RequestKind.Stop
                && _issued.WentTo(request.SessionId, _key.Fingerprint));
        return !isOurs ? Refuse(request, GateReason.ForeignSession, AckStatus.UnknownSession)
            : _key.Role < needed ? Refuse(request, GateReason.RoleDenied, AckStatus.NotOwner)
            : FrameVerdict.Forward;
    }

    private static FrameVerdict Refuse(Request request, GateReason reason, AckStatus status) =>
        new(FrameFate.Drop, reason, MessageKind.Ack, new Ack
        {
            SessionId = request.SessionId,
            RequestId = request.RequestId,
            Status = status,
        });
}
