using HilRig.Core.Episodes;
using HilRig.Core.Ports;
using HilRig.Harness.Episodes.RealTime;
using HilRig.Harness.Episodes.Resets;

namespace HilRig.Harness.Episodes;

/// <summary>
/// Hears the operator. What a word means depends on where the session is; a word that means nothing
/// is named, counted and ignored.
/// </summary>
internal sealed class OperatorDesk
{
    private readonly ConductorParts _parts;
    private readonly Conductor _conductor;
    private readonly EpisodeDesk _episodes;
    private long _pausedNanoseconds;
    private long _owedNanoseconds;
    private int _reminderCount;
    private long? _rerecorded;

    /// <summary>Opens a desk.</summary>
    /// <param name="parts">The session.</param>
    /// <param name="conductor">Ends it.</param>
    /// <param name="episodes">Ends episodes.</param>
    internal OperatorDesk(ConductorParts parts, Conductor conductor, EpisodeDesk episodes)
    {
        _parts = parts;
        _conductor = conductor;
        _episodes = episodes;
    }

    /// <summary>Whether the session is to end after the running episode.</summary>
    internal bool IsQuitWanted { get; private set; }

    /// <summary>Whether the last episode waits for a verdict.</summary>
    internal bool IsVerdictOwed => _episodes.Verdicts.IsOwed;

    /// <summary>Hears a word.</summary>
    /// <param name="entry">The word.</param>
    /// <param name="now">When, ns.</param>
    internal void Hear(OperatorEntry entry, long now)
    {
        _reminderCount = 0;
        _owedNanoseconds = now;
        bool isKnown = entry.Key switch
        {
            OperatorKey.BrokenRig => Broken(now),
            OperatorKey.Quit => Quit(now),
            OperatorKey.Undo => Undo(now),
            OperatorKey.Success or OperatorKey.Failure or OperatorKey.Discard =>
                Judge(entry, now),
            OperatorKey.Rerecord => Rerecord(now),
            OperatorKey.EndEpisode => EndEpisode(null, false),
            OperatorKey.Pause => Hand(HandOver.Paused, now),
            OperatorKey.Correct => Hand(HandOver.Correcting, now),
            OperatorKey.Auto => Hand(HandOver.Auto, now),
            OperatorKey.Confirm => Confirm(now),
            OperatorKey.Retry or OperatorKey.Skip =>
                _conductor.Reset is { } reset && reset.Hear(entry.Key, now),
            OperatorKey.Unknown => false,
        };
        if (!isKnown)
        {
            string word = entry.Key == OperatorKey.Unknown
                ? $"'{entry.Text}'"
                : $"{entry.Key}";
            Ignore(now, $"ignored {word}: it means nothing now ({Place()})");
        }
    }

    /// <summary>Ends an episode that has been paused for too long.</summary>
    /// <param name="now">The instant, ns.</param>
    internal void WatchPause(long now)
    {
        bool isPaused = _parts.Arm.HandOver == HandOver.Paused && !_episodes.IsEnding;
        double seconds = (now - _pausedNanoseconds) / 1e9;
        if (isPaused && seconds > _parts.Options.PauseTimeout.TotalSeconds)
        {
            _parts.Board.Note(now, "paused for too long: the episode is ended");
            EndEpisode(null, false);
        }
    }

    /// <summary>Waits for the verdict of the last episode of all.</summary>
    /// <param name="now">The instant, ns.</param>
    internal void AwaitVerdict(long now)
    {
        double seconds = (now - Math.Max(_owedNanoseconds, _episodes.LastEndNanoseconds)) / 1e9;
        if (seconds <= _parts.Options.Reset.ConfirmTimeout.TotalSeconds)
        {
            return;
        }

        _owedNanoseconds = now;
        if (++_reminderCount >= _parts.Options.Reset.AttemptMax)
        {
            _conductor.EndNow(
                SessionEnding.OperatorSilent, "nobody judged the last episode", now);
        }
        else
        {
            _parts.Board.Note(now, "the last episode waits for its verdict");
        }
    }

    private bool Broken(long now)
    {
        _conductor.EndNow(SessionEnding.RigBroken, "the operator says that it is broken", now);
        return true;
    }

    private bool Quit(long now)
    {
        if (_conductor.Stage == SessionStage.Closing || IsQuitWanted)
        {
            return false;
        }

        if (_conductor.Stage == SessionStage.Running)
        {
            IsQuitWanted = true;
            EndEpisode(null, false);
        }
        else
        {
            _conductor.Close(
                SessionEnding.OperatorQuit, "the operator ended the session", now);
        }

        return true;
    }

    private bool Undo(long now)
    {
        _episodes.Verdicts.Undo(now, _parts.Options.Verdict == VerdictPolicy.Operator);
        return true;
    }

    private bool Judge(OperatorEntry entry, long now)
    {
        if (_conductor.Stage == SessionStage.Running && entry.EpisodeIndex is null)
        {
            return EndEpisode(entry.Verdict, false);
        }

        if (!_episodes.Verdicts.Hear(entry, now))
        {
            _episodes.CountIgnored();
        }

        return true;
    }

    private bool Rerecord(long now)
    {
        if (_conductor.Stage == SessionStage.Running)
        {
            return EndEpisode(EpisodeVerdict.Discarded, true);
        }

        bool canRepeat = _conductor.Stage is SessionStage.Resetting or SessionStage.Between;
        if (!canRepeat || _episodes.LastIndex is not { } last || last == _rerecorded)
        {
            return false;
        }

        _rerecorded = last;

        if (_parts.Store.VerdictOf(last) != EpisodeVerdict.Discarded || IsVerdictOwed)
        {
            _episodes.Verdicts.Hear(new OperatorEntry(OperatorKey.Discard, last), now);
        }

        _conductor.PutBack();
        _conductor.DoAgain(_episodes.LastRequest!);
        return true;
    }

    private bool EndEpisode(EpisodeVerdict? verdict, bool isRepeatWanted)
    {
        if (_conductor.Stage != SessionStage.Running || _episodes.IsEnding)
        {
            return false;
        }

        _episodes.End(verdict, isRepeatWanted);
        return true;
    }

    private bool Hand(HandOver handOver, long now)
    {
        if (_conductor.Stage != SessionStage.Running
            || _episodes.IsEnding
            || _parts.Arm.HandOver == handOver)
        {
            return false;
        }

        _pausedNanoseconds = now;
        _parts.Arm.Hand(handOver);
        _parts.Board.Note(now, $"hand-over: {handOver}");
        return true;
    }

    private bool Confirm(long now)
    {
        if (_conductor.Reset is not { } reset)
        {
            return false;
        }

        if (IsVerdictOwed && reset.Phase == ResetPhase.Confirm)
        {
            Ignore(now, "not confirmed: the last episode waits for its verdict first");
            return true;
        }

        return reset.Hear(OperatorKey.Confirm, now);
    }

    private void Ignore(long now, string sentence)
    {
        _episodes.CountIgnored();
        _parts.Board.Note(now, sentence);
    }

    private string Place() => _conductor.Reset is { } reset
        ? $"the reset is in {reset.Phase}"
        : $"the session is {_conductor.Stage}";
}
