using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;
using HilRig.Core.Time;

namespace HilRig.Devices.Agent.RealTime;

/// <summary>
/// What the agent tells the host (states) and the guardian (heartbeat page). Allocates nothing.
/// </summary>
internal sealed class AgentVoice
{
    // Turns after which everything the loop does has been compiled and pooled.
    private const int WarmUpPublications = 500;
    private readonly IAgentChannel _channel;
    private readonly HeartbeatPage _page;
    private readonly StopLatch _latch;
    private readonly SafePostureRoutine _posture;
    private readonly CommandGate _gate;
    private readonly RigActuators _actuators;
    private readonly JointState _state;
    private readonly AgentReport _report = new();
    private HopStamps _stamps;
    private long _allocatedAtWarmUp;

    public AgentVoice(
        IAgentChannel channel,
        HeartbeatPage page,
        StopLatch latch,
        SafePostureRoutine posture,
        CommandGate gate,
        RigActuators actuators)
    {
        _channel = channel;
        _page = page;
        _latch = latch;
        _posture = posture;
        _gate = gate;
        _actuators = actuators;
        _state = new JointState(actuators.Map.JointCount);
    }

    /// <summary>Whether the rig has been armed since this process began.</summary>
    public bool HasArmed { get; private set; }

    /// <summary>Enters the agent on the page.</summary>
    /// <param name="now">Now, CLOCK_MONOTONIC ns.</param>
    public void Introduce(long now)
    {
        _page.AgentEnded = false;
        _page.AgentLoopEnded = false;
        _page.AgentStartTicks = ProcessStart.TicksOf(Environment.ProcessId);
        _page.AgentProcessId = Environment.ProcessId;
        Beat(now);
    }

    /// <summary>Says that the loop turns.</summary>
    /// <param name="now">Now, CLOCK_MONOTONIC ns.</param>
    public void Beat(long now) => _page.AgentBeatNanoseconds = now;

    /// <summary>Notes that the rig is armed; the guardian relies on it.</summary>
    public void SayArmed()
    {
        HasArmed = true;
        _page.AgentHasArmed = true;
        _page.AgentHealth = _latch.Health;
    }

    /// <summary>Notes the instants of the command that has just been written.</summary>
    /// <param name="command">The command.</param>
    /// <param name="envelope">What came with it.</param>
    public void NoteCommand(JointCommand command, in CommandEnvelope envelope) =>
        _stamps = new HopStamps
        {
            Planned = command.PlannedNanoseconds,
            ControllerDone = command.CreatedNanoseconds,
            CommandSent = envelope.SentNanoseconds,
            AgentReceived = envelope.ReceivedNanoseconds,
            BusWriteStart = _actuators.WriteStartNanoseconds,
            BusWriteEnd = _actuators.WriteEndNanoseconds,
        };

    /// <summary>Publishes the newest measurement and the counters.</summary>
    /// <param name="drive">The joints.</param>
    /// <param name="answeredSequence">
    /// Sequence of the command that this state answers, or 0.
    /// </param>
    public void Publish(JointDrive drive, long answeredSequence)
    {
        drive.MeasuredPosition.CopyTo(_state.Position);
        drive.MeasuredVelocity.CopyTo(_state.Velocity);
        _state.FreshJoints = drive.FreshJoints;
        _state.Sequence++;
        _state.AnsweredCommandSequence = answeredSequence;
        long reply = _actuators.ReplyNanoseconds;
        _state.SampledNanoseconds = reply == 0
            ? _actuators.ReadStartNanoseconds
            : _actuators.ReadStartNanoseconds + (reply - _actuators.ReadStartNanoseconds) / 2;
        _state.Health = _latch.Health;
        HopStamps stamps = answeredSequence == 0 ? default : _stamps;
        stamps.BusReply = reply;
        _state.Stamps = stamps;
        _gate.Counts.CopyTo(_report.CommandCounts, 0);
        _report.StopReason = _latch.Reason;
        _report.StopJoint = _latch.Joint;
        _report.StopAcknowledged = _latch.IsLatched && _posture.IsAcknowledged;
        _report.BusErrorCount = _actuators.ErrorCount;
        _report.BusRetryCount = _actuators.RecoveredCount;
        _report.AllocatedBytes = AllocatedSinceWarmUp();
        _channel.Publish(_state, _report);
        WritePage();
    }

    /// <summary>Leaves the page.</summary>
    /// <param name="isSafe">Whether the guardian has nothing left to do.</param>
    public void End(bool isSafe)
    {
        WritePage();
        _page.AgentEnded = isSafe;
        _page.AgentLoopEnded = true;
    }

    private void WritePage()
    {
        // Acknowledged before health: nobody may see a stop with an older acknowledgement.
        _page.AgentStopAcknowledged = _report.StopAcknowledged;
        _page.AgentStopReason = _latch.Reason;
        _page.AgentStopNanoseconds = _latch.StopNanoseconds;
        _page.AgentHealth = _latch.Health;
    }

    private long AllocatedSinceWarmUp()
    {
        long allocated = GC.GetTotalAllocatedBytes(precise: false);
        if (_state.Sequence <= WarmUpPublications)
        {
            _allocatedAtWarmUp = allocated;
        }

        return allocated - _allocatedAtWarmUp;
    }
}
