using Google.Protobuf;
using HilRig.Bridge.Clocks;
using HilRig.Bridge.Protos;
using HilRig.Core.Joints;
using HilRig.Core.Sessions;
using HilRig.Core.Time;

namespace HilRig.Bridge.Wire;

/// <summary>
/// Turns commands into their wire message and back, with one reused message. One thread.
/// </summary>
internal sealed class CommandCodec
{
    private readonly Command _message = new();
    private readonly MessageParser<Command> _parser;
    private readonly int _dofCount;
    private readonly ClockMap _clock;

    /// <summary>Makes a codec.</summary>
    /// <param name="dofCount">Number of joints, at most 64.</param>
    /// <param name="clock">
    /// The receiver's clock, to which instants are taken on encoding; null: the same as ours.
    /// </param>
    public CommandCodec(int dofCount, ClockMap? clock = null)
    {
        _dofCount = dofCount;
        _clock = clock ?? ClockMap.SameClock;
        _message.Position.Capacity = dofCount;

        // A parser that "creates" the same object: it parses in place and keeps no unknown fields.
        _parser = new MessageParser<Command>(() => _message).WithDiscardUnknownFields(true);
    }

    /// <summary>Fills the wire message; it is good until the next call.</summary>
    /// <param name="command">The command.</param>
    /// <param name="key">Session and token of the sender.</param>
    /// <param name="sentNanoseconds">Now.</param>
    public IMessage Encode(JointCommand command, in SessionKey key, long sentNanoseconds)
    {
        Clear();
        _message.SessionId = key.SessionId;
        _message.OwnerToken = key.OwnerToken;
        _message.Sequence = command.Sequence;
        _message.AnsweredStateSequence = command.AnsweredStateSequence;
        _message.PlannedNanoseconds = _clock.ToPeer(command.PlannedNanoseconds, false);
        _message.CreatedNanoseconds = _clock.ToPeer(command.CreatedNanoseconds, false);
        _message.SentNanoseconds = _clock.ToPeer(sentNanoseconds, false);
        _message.ValidUntilNanoseconds = _clock.ToPeer(command.ValidUntilNanoseconds, true);
        for (int i = 0; i < _dofCount; i++)
        {
            _message.Position.Add(command.Position[i]);
            _message.TorqueBits |= command.TorqueEnabled[i] ? 1UL << i : 0;
        }

        return _message;
    }

    /// <summary>Parses a wire message.</summary>
    /// <param name="payload">Bytes after the kind.</param>
    /// <param name="command">Receives the command.</param>
    /// <param name="key">Session and token the sender claims.</param>
    /// <param name="sentNanoseconds">When it was sent.</param>
    /// <returns>False when the bytes are not a command for this number of joints.</returns>
    public bool TryDecode(
        ReadOnlySpan<byte> payload,
        JointCommand command,
        out SessionKey key,
        out long sentNanoseconds)
    {
        Clear();
        try
        {
            _parser.ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException)
        {
            _message.Position.Clear();
        }

        key = new SessionKey(_message.SessionId, _message.OwnerToken);
        sentNanoseconds = _message.SentNanoseconds;
        if (_message.Position.Count != _dofCount)
        {
            return false;
        }

        command.Sequence = _message.Sequence;
        command.AnsweredStateSequence = _message.AnsweredStateSequence;
        command.PlannedNanoseconds = _message.PlannedNanoseconds;
        command.CreatedNanoseconds = _message.CreatedNanoseconds;
        command.ValidUntilNanoseconds = _message.ValidUntilNanoseconds;
        for (int i = 0; i < _dofCount; i++)
        {
            command.Position[i] = _message.Position[i];
            command.TorqueEnabled[i] = (_message.TorqueBits >> i & 1) != 0;
        }

        return true;
    }

    // Parsing merges: a field that is absent (zero) on the wire would keep its old value.
    private void Clear()
    {
        _message.SessionId = 0;
        _message.OwnerToken = 0;
        _message.Sequence = 0;
        _message.AnsweredStateSequence = 0;
        _message.PlannedNanoseconds = 0;
        _message.CreatedNanoseconds = 0;
        _message.SentNanoseconds = 0;
        _message.ValidUntilNanoseconds = 0;
        _message.TorqueBits = 0;
        _message.Position.Clear();
    }
}
