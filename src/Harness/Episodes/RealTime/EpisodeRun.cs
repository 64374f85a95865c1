using HilRig.Core.Episodes;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Time;
using HilRig.Harness.Scenarios;
using HilRig.Tasks;

namespace HilRig.Harness.Episodes.RealTime;

/// <summary>
/// One episode on the loop's thread: each task period it observes, judges, asks the policy (or the
/// operator's hand), limits the action and brings its goals to the joints. Reused for every
/// episode.
/// </summary>
internal sealed class EpisodeRun
{
    // A pause of the machine stretches a step; beyond this the step is no step any more.
    private const int PeriodsMissedMax = 4;

    // A goal that the loop's limiter changed by less was rounded, not clipped.
    private const double Slack = 1e-9;
    private readonly IRobotTask _task;
    private readonly IRigClock _clock;
    private readonly IActionSource? _hand;
    private readonly SceneView _scene;
    private readonly ActionLimits _limits;
    private readonly GoalBlend _blend;
    private readonly SpscRing<StepRecord> _ring;
    private readonly int[] _plantJoint;
    private readonly long _taskPeriod;
    private readonly int _episodeSteps;
    private readonly double[] _goal;
    private readonly double[] _wanted;
    private readonly double[] _plantGoal;
    private readonly double[] _asked;
    private readonly double[] _start;
    private readonly float[] _human;
    private readonly StepRecord _open;
    private readonly StepRecord _last;
    private IEpisodePolicy? _policy;
    private bool _isOpen;
    private bool _hasAsked;
    private bool _isAnchored;
    private bool _hasOverflown;
    private long _due;
    private int _stepIndex;

    /// <summary>Makes the runner of a session's episodes.</summary>
    /// <param name="setting">Checked.</param>
    /// <param name="clock">The clock of stamps.</param>
    /// <param name="ring">Takes the steps to the conductor.</param>
    internal EpisodeRun(SessionSetting setting, IRigClock clock, SpscRing<StepRecord> ring)
    {
        TaskDescription description = setting.Task.Description;
        int dofCount = setting.Joints.Count;
        IReadOnlyList<JointBounds> joints = setting.TaskJoints;
        _task = setting.Task;
        _clock = clock;
        _hand = setting.Hand;
        _scene = new SceneView(setting);
        _limits = new ActionLimits(_task, joints);
        _blend = new GoalBlend(
            setting.VelocityMax, setting.BlendFraction * description.PeriodSeconds);
        _ring = ring;
        _plantJoint = setting.PlantJointOfTask;
        _taskPeriod = setting.TaskPeriodNanoseconds;
        _episodeSteps = description.EpisodeSteps;
        _goal = new double[joints.Count];
        _wanted = new double[joints.Count];
        _plantGoal = new double[dofCount];
        _asked = new double[dofCount];
        _start = new double[description.Start.Count];
        _human = new float[description.Action.Count];
        _open = new StepRecord(description.Observation.Count, description.Action.Count, dofCount);
        _last = new StepRecord(description.Observation.Count, description.Action.Count, dofCount);
    }

    /// <summary>Begins an episode at this tick.</summary>
    /// <param name="order">Number, policy and start.</param>
    internal void Begin(SessionOrder order)
    {
        order.Start.AsSpan().CopyTo(_start);
        _policy = order.Policy;
        _open.Number = order.Number;
        _last.Number = order.Number;
        _isOpen = false;
        _hasAsked = false;
        _isAnchored = false;
        _stepIndex = 0;
        _scene.Begin(_start);
        _policy?.Begin();
    }

    /// <summary>Does one tick.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="handOver">Who moves the arm.</param>
    /// <param name="measured">The newest state of the plant.</param>
    /// <param name="command">In: goals in force. Out: goals of the tick.</param>
    /// <returns>Whether the episode goes on.</returns>
    internal bool Turn(in Tick tick, HandOver handOver, JointState measured, JointCommand command)
    {
        if (_hasOverflown)
        {
            return false;
        }

        NoteClips(command);
        if (handOver == HandOver.Paused)
        {
            // The goals in force stay; the next period begins when it goes on.
            _isAnchored = false;
            _hasAsked = false;
            return true;
        }

        long now = tick.PlannedNanoseconds;
        if (!_isAnchored)
        {
            _due = now;
            _isAnchored = true;
        }

        // A tick is nearer to its own grid point than half a period.
        if (now >= _due - tick.PeriodNanoseconds / 2)
        {
            if (now - _due > PeriodsMissedMax * _taskPeriod)
            {
                return Finish(now, StepKind.Broken, default, EpisodeFault.PeriodMissed);
            }

            bool goesOn = TakeStep(now, handOver, measured, command);
            _due = now - _due > _taskPeriod / 2 ? now + _taskPeriod : _due + _taskPeriod;
            if (!goesOn)
            {
                return false;
            }
        }

        _blend.Fill(now, tick.PeriodNanoseconds, command);
        command.Position.AsSpan().CopyTo(_asked);
        _hasAsked = true;
        return true;
    }

    /// <summary>Ends the episode at once: somebody ordered it.</summary>
    /// <param name="now">Planned instant of the tick, ns.</param>
    /// <param name="measured">The newest state of the plant.</param>
    /// <param name="command">Goals in force.</param>
    internal void EndByOrder(long now, JointState measured, JointCommand command)
    {
        NoteClips(command);
        EpisodeFault fault = Observe(now, measured, command, out _);
        if (fault == EpisodeFault.None)
        {
            Finish(now, StepKind.End, EpisodeEnd.Operator, EpisodeFault.None);
        }
        else
        {
            Finish(now, StepKind.Broken, default, fault);
        }
    }

    /// <summary>Tries again to hand over what a full ring refused.</summary>
    internal void Flush()
    {
        if (_hasOverflown && Push(_last))
        {
            _hasOverflown = false;
        }
    }

    private bool TakeStep(long now, HandOver handOver, JointState measured, JointCommand command)
    {
        EpisodeFault fault = Observe(now, measured, command, out TaskState state);
        if (fault != EpisodeFault.None)
        {
            return Finish(now, StepKind.Broken, default, fault);
        }

        TaskOutcome outcome = _stepIndex > 0 ? _task.Judge(state) : TaskOutcome.Running;
        if (outcome != TaskOutcome.Running)
        {
            return Finish(
                now,
                StepKind.End,
                outcome == TaskOutcome.Success ? EpisodeEnd.SuccessRule : EpisodeEnd.FailureRule,
                EpisodeFault.None);
        }

        if (_stepIndex >= _episodeSteps)
        {
            return Finish(now, StepKind.End, EpisodeEnd.TimedOut, EpisodeFault.None);
        }

        if (_isOpen && !Push(_open))
        {
            return Overflow(now);
        }

        _isOpen = false;
        return Act(now, handOver, state, command)
            || Finish(now, StepKind.Broken, default, EpisodeFault.PolicyFailed);
    }

    private bool Act(long now, HandOver handOver, in TaskState state, JointCommand command)
    {
        long before = _clock.NowNanoseconds;
        PolicyAnswer step = _policy!.Act(state, _last.Observation, _open.Action);
        _open.PolicyNanoseconds = _clock.NowNanoseconds - before;
        if (handOver == HandOver.Correcting)
        {
            // What the policy would have done stays in the values.
            step = step with { IsValid = true, Proposer = Proposer.Human, Flags = StepFlags.None };
            bool isThere = _hand is not null && _hand.TryRead(_human);
            if (!isThere)
            {
                Array.Clear(_human);
            }

            _human.AsSpan().CopyTo(_open.Action);
        }

        for (int i = 0; i < _open.Action.Length; i++)
        {
            if (!step.IsValid || !float.IsFinite(_open.Action[i]))
            {
                return false;
            }

            _open.Action[i] = Math.Clamp(_open.Action[i], -1, 1);
        }

        if (_limits.Apply(state, _open.Action, _wanted))
        {
            step = step with { Flags = step.Flags | StepFlags.Clipped };
        }

        command.Position.AsSpan().CopyTo(_plantGoal);
        command.Position.AsSpan().CopyTo(_open.Goal);
        for (int i = 0; i < _plantJoint.Length; i++)
        {
            _plantGoal[_plantJoint[i]] = _wanted[i];
        }

        _blend.Begin(now, command.Position, _plantGoal);
        _open.Kind = StepKind.Step;
        _open.StepIndex = _stepIndex++;
        _open.InstantNanoseconds = now;
        _open.Step = step;
        _last.Observation.AsSpan().CopyTo(_open.Observation);
        _isOpen = true;
        return true;
    }

    // The observation goes to the last record: it is the end's, or that of the step to come.
    private EpisodeFault Observe(
        long now, JointState measured, JointCommand command, out TaskState state)
    {
        EpisodeFault fault = _scene.Look(now, measured);
        for (int i = 0; i < _plantJoint.Length; i++)
        {
            _goal[i] = command.Position[_plantJoint[i]];
        }

        state = _scene.State(_goal, _start, _stepIndex);
        if (fault != EpisodeFault.None)
        {
            return fault;
        }

        _task.Observe(state, _last.Observation);
        foreach (float value in _last.Observation)
        {
            if (!float.IsFinite(value))
            {
                return EpisodeFault.NotObserved;
            }
        }

        return EpisodeFault.None;
    }

    private bool Finish(long now, StepKind kind, EpisodeEnd end, EpisodeFault fault)
    {
        // A step whose outcome could not be observed is no step.
        if (_isOpen && kind == StepKind.End && !Push(_open))
        {
            return Overflow(now);
        }

        // What was not observed to its end ends at the last whole observation.
        _last.IsObserved = kind == StepKind.End || _isOpen || fault == EpisodeFault.PolicyFailed;
        if (_isOpen && kind == StepKind.Broken)
        {
            _open.Observation.AsSpan().CopyTo(_last.Observation);
        }

        _isOpen = false;
        _last.Kind = kind;
        _last.End = end;
        _last.Fault = fault;
        _last.StepIndex = _stepIndex;
        _last.InstantNanoseconds = now;
        _hasOverflown = !Push(_last);
        return false;
    }

    private bool Overflow(long now)
    {
        _isOpen = false;
        return Finish(now, StepKind.Broken, default, EpisodeFault.StepsNotTaken);
    }

    private bool Push(StepRecord record)
    {
        if (!_ring.TryBeginWrite(out StepRecord? item))
        {
            return false;
        }

        record.CopyTo(item);
        _ring.CommitWrite();
        return true;
    }

    // The loop limits what it is given and hands it back: what differs was clipped on the way.
    private void NoteClips(JointCommand command)
    {
        for (int i = 0; _hasAsked && _isOpen && i < _asked.Length; i++)
        {
            if (!(Math.Abs(command.Position[i] - _asked[i]) <= Slack))
            {
                _open.Step = _open.Step with { Flags = _open.Step.Flags | StepFlags.Clipped };
            }
        }
    }
}
