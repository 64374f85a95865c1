using Google.Protobuf;
using HilRig.Bridge.Protos;
using HilRig.Core.Joints;
using HilRig.Core.Sessions;
using HilRig.Core.Time;

namespace HilRig.Bridge.Wire;

/// <summary>
/// Turns states into their wire message and back, with one reused message. One thread.
/// </summary>
internal sealed class StateCodec
{
    private static readonly int HealthCount = Enum.GetValues<PlantHealth>().Length;
    private static readonly int StopCount = Enum.GetValues<StopReason>().Length;

    private readonly State _message = new();
    private readonly MessageParser<State> _parser;
    private readonly int _dofCount;

    /// <summary>Makes a codec.</summary>
    /// <param name="dofCount">Number of joints, at most 64.</param>
    public StateCodec(int dofCount)
    {
        _dofCount = dofCount;
        _parser = new MessageParser<State>(() => _message).WithDiscardUnknownFields(true);
    }

    /// <summary>Agent that published the message decoded last.</summary>
    public ulong AgentId => _message.AgentId;

    /// <summary>Session whose command the message decoded last answers; 0 for none.</summary>
    public ulong AnsweredSessionId => _message.AnsweredSessionId;

    /// <summary>Fills the wire message; it is good until the next call.</summary>
    /// <param name="state">The state.</param>
    /// <param name="report">The agent's counters.</param>
    /// <param name="agentId">This agent.</param>
    /// <param name="answeredSessionId">Session whose command the state answers.</param>
    public State Encode(
        JointState state, AgentReport report, ulong agentId, ulong answeredSessionId)
    {
        Clear();
        _message.AgentId = agentId;
        _message.AnsweredSessionId = answeredSessionId;
        _message.Sequence = state.Sequence;
        _message.AnsweredCommandSequence = state.AnsweredCommandSequence;
        _message.SampledNanoseconds = state.SampledNanoseconds;
        _message.Health = (Health)((int)state.Health + 1);
        _message.FreshJoints = state.FreshJoints;
        for (int i = 0; i < _dofCount; i++)
        {
            _message.Position.Add(state.Position[i]);
            _message.Velocity.Add(state.Velocity[i]);
            _message.Effort.Add(state.Effort[i]);
        }

        HopStamps stamps = state.Stamps;
        _message.PlannedNanoseconds = stamps.Planned;
        _message.CommandSentNanoseconds = stamps.CommandSent;
        _message.AgentReceivedNanoseconds = stamps.AgentReceived;
        _message.BusWriteStartNanoseconds = stamps.BusWriteStart;
        _message.BusWriteEndNanoseconds = stamps.BusWriteEnd;
        _message.BusReplyNanoseconds = stamps.BusReply;
        EncodeReport(report);
        return _message;
    }

    /// <summary>Parses a wire message.</summary>
    /// <param name="payload">Bytes after the kind.</param>
    /// <param name="state">Receives the state.</param>
    /// <param name="report">Receives the agent's counters.</param>
    /// <returns>False when the bytes are not a state of this number of joints.</returns>
    public bool TryDecode(ReadOnlySpan<byte> payload, JointState state, AgentReport report)
    {
        Clear();
        try
        {
            _parser.ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }

        if (!HasShape(report))
        {
            return false;
        }

        state.Sequence = _message.Sequence;
        state.AnsweredCommandSequence = _message.AnsweredCommandSequence;
        state.SampledNanoseconds = _message.SampledNanoseconds;
        state.Health = (PlantHealth)((int)_message.Health - 1);
        state.FreshJoints = _message.FreshJoints;
        for (int i = 0; i < _dofCount; i++)
        {
            state.Position[i] = _message.Position[i];
            state.Velocity[i] = _message.Velocity[i];
            state.Effort[i] = _message.Effort[i];
        }

        state.Stamps = new HopStamps
        {
            Planned = _message.PlannedNanoseconds,
            CommandSent = _message.CommandSentNanoseconds,
            AgentReceived = _message.AgentReceivedNanoseconds,
            BusWriteStart = _message.BusWriteStartNanoseconds,
            BusWriteEnd = _message.BusWriteEndNanoseconds,
            BusReply = _message.BusReplyNanoseconds,
        };
        DecodeReport(report);
        return true;
    }

    private void EncodeReport(AgentReport report)
    {
        _message.Stop = (Stop)((int)report.StopReason + 1);
        _message.StopJoint = report.StopJoint;
        _message.StopAcknowledged = report.StopAcknowledged;
        _message.BusErrorCount = report.BusErrorCount;
        _message.BusRetryCount = report.BusRetryCount;
        _message.AllocatedBytes = report.AllocatedBytes;
        foreach (long count in report.CommandCounts)
        {
            _message.CommandCounts.Add(count);
        }
    }

    private void DecodeReport(AgentReport report)
    {
        report.StopReason = (StopReason)((int)_message.Stop - 1);
        report.StopJoint = _message.StopJoint;
        report.StopAcknowledged = _message.StopAcknowledged;
        report.BusErrorCount = _message.BusErrorCount;
        report.BusRetryCount = _message.BusRetryCount;
        report.AllocatedBytes = _message.AllocatedBytes;
        for (int i = 0; i < report.CommandCounts.Length; i++)
        {
            report.CommandCounts[i] = _message.CommandCounts[i];
        }
    }

    private bool HasShape(AgentReport report) =>
        _message.Position.Count == _dofCount
        && _message.Velocity.Count == _dofCount
        && _message.Effort.Count == _dofCount
        && _message.CommandCounts.Count == report.CommandCounts.Length
        && (int)_message.Health > 0 && (int)_message.Health <= HealthCount
        && (int)_message.Stop > 0 && (int)_message.Stop <= StopCount;

    // Parsing merges: a field that is absent (zero) on the wire would keep its old value.
    private void Clear()
    {
        _message.AgentId = 0;
        _message.AnsweredSessionId = 0;
        _message.Sequence = 0;
        _message.AnsweredCommandSequence = 0;
        _message.SampledNanoseconds = 0;
        _message.Health = Health.Unspecified;
        _message.FreshJoints = 0;
        _message.Position.Clear();
        _message.Velocity.Clear();
        _message.Effort.Clear();
        _message.PlannedNanoseconds = 0;
        _message.CommandSentNanoseconds = 0;
        _message.AgentReceivedNanoseconds = 0;
        _message.BusWriteStartNanoseconds = 0;
        _message.BusWriteEndNanoseconds = 0;
        _message.BusReplyNanoseconds = 0;
        _message.Stop = Stop.Unspecified;
        _message.StopJoint = 0;
        _message.StopAcknowledged = false;
        _message.BusErrorCount = 0;
        _message.BusRetryCount = 0;
        _message.AllocatedBytes = 0;
        _message.CommandCounts.Clear();
    }
}
