using HilRig.Core.Episodes;
using HilRig.Core.Ports;
using HilRig.Harness.Episodes.Notices;

namespace HilRig.Harness.Episodes;

/// <summary>
/// Takes the operator's verdicts: once an episode, with undo and later correction. What makes no
/// sense is named and changes nothing.
/// </summary>
internal sealed class VerdictDesk
{
    private readonly IEpisodeStore _store;
    private readonly IEpisodeProgramme _programme;
    private readonly NoticeBoard _board;
    private readonly string _operator;
    private readonly Stack<(long Index, EpisodeVerdict Before)> _given = new();
    private readonly HashSet<long> _judged = [];
    private long _last = -1;

    /// <summary>Opens a desk.</summary>
    /// <param name="store">Where verdicts go.</param>
    /// <param name="programme">Is told of changes.</param>
    /// <param name="board">Is told of all.</param>
    /// <param name="operatorName">Who judges.</param>
    internal VerdictDesk(
        IEpisodeStore store, IEpisodeProgramme programme, NoticeBoard board, string operatorName)
    {
        _store = store;
        _programme = programme;
        _board = board;
        _operator = operatorName;
    }

    /// <summary>Whether the last episode waits for a verdict.</summary>
    internal bool IsOwed { get; private set; }

    /// <summary>Is told of changes, as the programme is.</summary>
    internal Action<long, EpisodeVerdict>? Changed { get; init; }

    /// <summary>Makes an episode the last one.</summary>
    /// <param name="index">Its index in the store.</param>
    /// <param name="isOwed">Whether the operator must judge it.</param>
    /// <param name="withoutOperator">
    /// What it would be without her word, when she has given it already; else null.
    /// </param>
    internal void Take(long index, bool isOwed, EpisodeVerdict? withoutOperator)
    {
        _last = index;
        IsOwed = isOwed;
        if (withoutOperator is { } before)
        {
            _judged.Add(index);
            _given.Push((index, before));
        }
    }

    /// <summary>Hears a verdict.</summary>
    /// <param name="entry">A word that means one.</param>
    /// <param name="now">When, ns.</param>
    /// <returns>Whether it holds.</returns>
    internal bool Hear(OperatorEntry entry, long now)
    {
        long index = entry.EpisodeIndex ?? _last;
        EpisodeVerdict verdict = entry.Verdict!.Value;
        if (index < 0)
        {
            _board.Note(now, $"ignored {verdict}: there is no episode to judge yet");
            return false;
        }

        if (_store.VerdictOf(index) is not { } before)
        {
            _board.Note(now, FormattableString.Invariant(
                $"ignored {verdict}: there is no episode {index}, {_store.Count} are stored"));
            return false;
        }

        bool isCorrection = entry.EpisodeIndex is not null;
        bool isSettled = !isCorrection && _judged.Contains(index);
        bool isPending = IsOwed && index == _last;
        if (isSettled || (isCorrection && before == verdict && !isPending))
        {
            _board.Note(now, FormattableString.Invariant(
                $"ignored {verdict}: episode {index} is {before} already; undo takes it back"));
            return false;
        }

        Change(index, before, verdict, (isCorrection, isCorrection ? "corrected" : "judged"), now);
        _given.Push((index, before));
        _judged.Add(index);
        IsOwed &= index != _last;
        return true;
    }

    /// <summary>Takes the operator's last verdict back.</summary>
    /// <param name="now">When, ns.</param>
    /// <param name="owesAgain">Whether an episode without a verdict must get one.</param>
    internal void Undo(long now, bool owesAgain)
    {
        if (!_given.TryPop(out (long Index, EpisodeVerdict Before) last))
        {
            _board.Note(now, "ignored undo: no verdict of this session is left to take back");
            return;
        }

        EpisodeVerdict holding = _store.VerdictOf(last.Index) ?? last.Before;
        Change(last.Index, holding, last.Before, (true, "undone"), now);
        bool isStillJudged = _given.Any(item => item.Index == last.Index);
        if (!isStillJudged)
        {
            _judged.Remove(last.Index);
            IsOwed |= owesAgain && last.Index == _last;
        }
    }

    private void Change(
        long index,
        EpisodeVerdict before,
        EpisodeVerdict verdict,
        (bool IsCorrection, string Why) reason,
        long now)
    {
        VerdictSource source = reason.IsCorrection
            ? VerdictSource.Correction : VerdictSource.Operator;
        _store.Amend(index, verdict, source, _operator, reason.Why);
        _programme.Amended(index, verdict);
        Changed?.Invoke(index, verdict);
        _board.Post(new VerdictGiven(
            now, index, verdict, before, source, _operator, reason.Why));
    }
}
