using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Episodes.RealTime;
using HilRig.Harness.Episodes.Resets;
using HilRig.Harness.RealTime;

namespace HilRig.Harness.Episodes;

/// <summary>
/// Runs a session: asks for the next episode, has the scene reset, lets the controller run it,
/// stores it, hears the operator. Polled; one thread, not real-time.
/// </summary>
internal sealed class Conductor
{
    private readonly ConductorParts _parts;
    private readonly ArmLink _arm;
    private readonly NoticeBoard _board;
    private readonly OperatorDesk _desk;
    private readonly EpisodeDesk _episodes;
    private readonly StepRecord _record;
    private readonly Stack<EpisodeRequest> _again = new();
    private SceneReset? _reset;
    private double[] _home = [];
    private long _closingNanoseconds;
    private bool _hasSaidWait;

    /// <summary>Makes a conductor; nothing is ordered yet.</summary>
    /// <param name="parts">What it works with.</param>
    internal Conductor(ConductorParts parts)
    {
        _parts = parts;
        _arm = parts.Arm;
        _board = parts.Board;
        _episodes = new EpisodeDesk(parts);
        _desk = new OperatorDesk(parts, this, _episodes);
        _record = new StepRecord(
            parts.Setting.Task.Description.Observation.Count,
            parts.Setting.Task.Description.Action.Count,
            parts.Setting.Joints.Count);
    }

    /// <summary>Where the session is.</summary>
    internal SessionStage Stage { get; private set; } = SessionStage.Starting;

    /// <summary>How it ended; null while it goes on.</summary>
    internal SessionEnding? Ending { get; private set; }

    /// <summary>Why, for people.</summary>
    internal string Reason { get; private set; } = "";

    /// <summary>The reset that is on; null for none.</summary>
    internal SceneReset? Reset => Stage == SessionStage.Resetting ? _reset : null;

    /// <summary>Counts of the session.</summary>
    internal SessionTally Tally => _episodes.Tally;

    /// <summary>Does what is due.</summary>
    /// <param name="now">The instant, ns.</param>
    internal void Poll(long now)
    {
        try
        {
            _arm.Poll();
            DrainSteps(now);
            while (Stage != SessionStage.Ended
                && _parts.Operator.TryTake(out OperatorEntry entry))
            {
                _desk.Hear(entry, now);
            }

            Advance(now);
        }
        catch (RigException fault) when (Ending is null)
        {
            bool isStorage = fault is RecordingException;
            EndNow(
                isStorage ? SessionEnding.NotStored : SessionEnding.Failed, fault.Message, now);
        }
    }

    /// <summary>Is told that the loop has ended, however.</summary>
    /// <param name="loop">How.</param>
    /// <param name="why">What the plant says of its stop; null for nothing.</param>
    /// <param name="now">The instant, ns.</param>
    internal void LoopEnded(LoopEnding loop, string? why, long now)
    {
        try
        {
            _arm.Poll();
            DrainSteps(now);
            if (Stage == SessionStage.Running)
            {
                _episodes.Interrupt(now);
            }
        }
        catch (RigException fault)
        {
            Name(SessionEnding.NotStored, fault.Message);
        }

        (SessionEnding Ending, string Reason)? own = loop switch
        {
            LoopEnding.Completed => null,
            LoopEnding.Cancelled => (SessionEnding.Cancelled, "the program was asked to end"),
            LoopEnding.PlantStopped =>
                (SessionEnding.PlantStopped, why ?? "the plant latched a stop"),
            LoopEnding.PlantLost => (SessionEnding.PlantStopped, why ?? "the plant is gone"),
            LoopEnding.RecorderFailed =>
                (SessionEnding.NotStored, "ticks no longer reach the disk"),
            LoopEnding.ControllerFailed or LoopEnding.TwinFailed =>
                (SessionEnding.Failed, $"{loop}"),
        };
        if (own is { } known)
        {
            Name(known.Ending, known.Reason);
        }

        Name(SessionEnding.Failed, "the loop ended unasked");
        Stage = SessionStage.Ended;
        _board.Post(new SessionEnded(now, Ending!.Value, Reason));
    }

    /// <summary>Ends the session at once: the arm holds until the plant is safe.</summary>
    /// <param name="ending">How.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">The instant, ns.</param>
    internal void EndNow(SessionEnding ending, string reason, long now)
    {
        Name(ending, reason);
        _board.Post(new Remark(now, "stop", $"{ending}: {reason}"));
        _arm.End();
        if (Stage != SessionStage.Running)
        {
            Stage = SessionStage.Ended;
        }
    }

    /// <summary>Ends the session in good order: the arm goes home first.</summary>
    /// <param name="ending">How.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">The instant, ns.</param>
    internal void Close(SessionEnding ending, string reason, long now)
    {
        Name(ending, reason);
        Stage = SessionStage.Closing;
        _closingNanoseconds = now;
        ResetOptions reset = _parts.Options.Reset;
        _arm.Move([.. Back(), .. reset.Via.Select(_arm.PoseOf), _home], reset.SpeedFraction);
    }

    private IEnumerable<double[]> Back() => _parts.Options.Reset.GoesBack
        ? WayBack.From(_episodes.WayBack, _arm.Newest.Goal)
        : [];

    /// <summary>Puts an episode before those of the programme.</summary>
    /// <param name="request">The episode.</param>
    internal void DoAgain(EpisodeRequest request) => _again.Push(request);

    /// <summary>Leaves the reset that is on, to come back to its start later.</summary>
    internal void PutBack()
    {
        if (Reset is { } reset)
        {
            _again.Push(reset.Plan.Request);
        }

        Stage = SessionStage.Between;
    }

    private void DrainSteps(long now)
    {
        while (_arm.TryTakeStep(_record))
        {
            if (_episodes.Take(_record, now))
            {
                EpisodeEnded(now);
            }
        }
    }

    private void EpisodeEnded(long now)
    {
        if (_episodes.IsRepeatWanted)
        {
            _again.Push(_episodes.LastRequest!);
        }

        if (Ending is not null)
        {
            Stage = SessionStage.Ended;
        }
        else if (_episodes.BrokenInARow >= _parts.Options.BrokenMax)
        {
            EndNow(
                SessionEnding.EpisodesBroken,
                $"{_episodes.BrokenInARow} episodes broke off one after the other",
                now);
            Stage = SessionStage.Ended;
        }
        else if (_desk.IsQuitWanted)
        {
            Close(SessionEnding.OperatorQuit, "the operator ended the session", now);
        }
        else
        {
            Stage = SessionStage.Between;
        }
    }

    private void Advance(long now)
    {
        switch (Stage)
        {
            case SessionStage.Starting when _arm.HasReported:
                _home = [.. _arm.Newest.Goal];
                _episodes.Start(now);
                Stage = SessionStage.Between;
                break;
            case SessionStage.Between:
                BeginReset(now);
                break;
            case SessionStage.Resetting:
                Judge(_reset!.Poll(now), now);
                break;
            case SessionStage.Running:
                _desk.WatchPause(now);
                break;
            case SessionStage.Closing when _arm.HasArrived || IsLate(now):
                _arm.End();
                Stage = SessionStage.Ended;
                break;
            case SessionStage.Starting:
            case SessionStage.Closing:
            case SessionStage.Ended:
                break;
        }
    }

    private void BeginReset(long now)
    {
        bool isRepeat = _again.TryPop(out EpisodeRequest? request);
        ProgrammeStep step = isRepeat
            ? ProgrammeStep.Episode
            : _parts.Programme.Next(out request);
        switch (step)
        {
            case ProgrammeStep.Episode:
                _hasSaidWait = false;
                _reset = new SceneReset(
                    _parts,
                    new StartPlan(_parts.Setting, request!),
                    _episodes.WayBack,
                    (_episodes.LastEndNanoseconds, now),
                    isRepeat);
                Stage = SessionStage.Resetting;
                break;
            case ProgrammeStep.Wait when !_hasSaidWait:
                _hasSaidWait = true;

                // Holding where an episode ended may be holding against an object, until a servo
                // protects itself.
                _arm.Move(Back(), _parts.Options.Reset.SpeedFraction);
                _board.Note(now, "waiting for a policy; the arm goes back and holds");
                break;
            case ProgrammeStep.Wait:
                break;
            case ProgrammeStep.Done when _desk.IsVerdictOwed:
                _desk.AwaitVerdict(now);
                break;
            case ProgrammeStep.Done:
                Close(SessionEnding.Completed, "the programme is done", now);
                break;
        }
    }

    private void Judge(ResetExit exit, long now)
    {
        EpisodeRequest request = _reset!.Plan.Request;
        switch (exit)
        {
            case ResetExit.None:
                break;
            case ResetExit.Ready:
                _episodes.Begin(_reset.Plan, _reset.Figures(now), now);
                Stage = SessionStage.Running;
                break;
            case ResetExit.Skipped:
                _parts.Programme.Skipped(request);
                _board.Note(now, FormattableString.Invariant(
                    $"start {request.StartIndex} is left out"));
                Stage = SessionStage.Between;
                break;
            case ResetExit.Broken:
                EndNow(SessionEnding.RigBroken, "the operator says that it is broken", now);
                break;
            case ResetExit.OperatorSilent:
                EndNow(SessionEnding.OperatorSilent, "nobody confirmed the scene", now);
                break;
            case ResetExit.ArmStuck:
                EndNow(SessionEnding.ArmStuck, $"the arm never finished {_reset.Phase}", now);
                break;
            case ResetExit.NeverVerified:
                EndNow(SessionEnding.NeverVerified, "the checks failed too often", now);
                break;
        }
    }

    private bool IsLate(long now) => (now - _closingNanoseconds) / 1e9
        > _arm.MoveSeconds + _parts.Options.Reset.ArmTimeout.TotalSeconds;

    // The first reason is the one that counts.
    private void Name(SessionEnding ending, string reason)
    {
        if (Ending is null)
        {
            Ending = ending;
            Reason = reason;
        }
    }
}
