using HilRig.Core.Episodes;
using HilRig.Harness.Episodes.Health;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Episodes.RealTime;

namespace HilRig.Harness.Episodes;

/// <summary>Makes, judges and stores the episodes of a session.</summary>
internal sealed class EpisodeDesk
{
    private readonly ConductorParts _parts;
    private readonly EpisodeAssembler _assembler;
    private readonly HashSet<string> _alarmed = [];
    private StartPlan? _plan;
    private ResetFigures _figures;
    private DateTimeOffset _beganUtc;
    private EpisodeVerdict? _spoken;

    /// <summary>Opens a desk.</summary>
    /// <param name="parts">The session.</param>
    internal EpisodeDesk(ConductorParts parts)
    {
        _parts = parts;
        _assembler = new EpisodeAssembler(parts.Setting);
        Verdicts = new VerdictDesk(
            parts.Store, parts.Programme, parts.Board, parts.Operator.Name)
        {
            Changed = parts.Health.Amend,
        };
        Tally = new SessionTally { Operator = parts.Operator.Name };
    }

    /// <summary>Where verdicts are heard.</summary>
    internal VerdictDesk Verdicts { get; }

    /// <summary>Counts so far.</summary>
    internal SessionTally Tally { get; private set; }

    /// <summary>When the last episode ended; before the first, when the session began.</summary>
    internal long LastEndNanoseconds { get; private set; }

    /// <summary>Goals of the last episode, in order. Each [dof].</summary>
    internal IReadOnlyList<double[]> WayBack { get; private set; } = [];

    /// <summary>What the last episode was wanted for; null before the first.</summary>
    internal EpisodeRequest? LastRequest { get; private set; }

    /// <summary>Index of the last episode in the store; null for none of this session.</summary>
    internal long? LastIndex { get; private set; }

    /// <summary>Whether the last episode is to be done again.</summary>
    internal bool IsRepeatWanted { get; private set; }

    /// <summary>Episodes that broke off since the last whole one.</summary>
    internal int BrokenInARow { get; private set; }

    /// <summary>Whether the running episode was ordered to end.</summary>
    internal bool IsEnding { get; private set; }

    /// <summary>Begins the session.</summary>
    /// <param name="now">The instant, ns.</param>
    internal void Start(long now) => LastEndNanoseconds = now;

    /// <summary>Begins an episode.</summary>
    /// <param name="plan">Its start.</param>
    /// <param name="figures">What its reset took.</param>
    /// <param name="now">The instant, ns.</param>
    internal void Begin(StartPlan plan, ResetFigures figures, long now)
    {
        _plan = plan;
        _figures = figures;
        _spoken = null;
        _beganUtc = DateTimeOffset.UtcNow;
        IsEnding = false;
        IsRepeatWanted = false;
        _assembler.Begin();
        EpisodeRequest request = plan.Request;
        Tally = Tally with
        {
            ResetCount = Tally.ResetCount + 1,
            ResetSeconds = Tally.ResetSeconds + figures.ResetSeconds,
            IdleSeconds = Tally.IdleSeconds + figures.IdleSeconds,
            RefusalCount = Tally.RefusalCount + figures.FailedVerifyCount,
        };
        _parts.Board.Post(new EpisodeBegan(
            now, request.StartIndex, request.PolicyName, request.PolicySha256, figures));
        _parts.Arm.Run(plan.Start, request.Policy);
    }

    /// <summary>Ends the running episode on the operator's word.</summary>
    /// <param name="verdict">Her verdict; null for none yet.</param>
    /// <param name="isRepeatWanted">Whether to do it again.</param>
    internal void End(EpisodeVerdict? verdict, bool isRepeatWanted)
    {
        _spoken = verdict;
        IsRepeatWanted = isRepeatWanted;
        IsEnding = true;
        _parts.Arm.Hold();
    }

    /// <summary>Takes what the loop says of the running episode.</summary>
    /// <param name="record">A step, an end, a break.</param>
    /// <param name="now">The instant, ns.</param>
    /// <returns>Whether the episode is over.</returns>
    internal bool Take(StepRecord record, long now)
    {
        _assembler.Add(record);
        if (record.Kind == StepKind.Step)
        {
            Tally = Tally with
            {
                PolicySecondsMax = Math.Max(
                    Tally.PolicySecondsMax, record.PolicyNanoseconds / 1e9),
            };
            _parts.Board.Post(new StepSeen(
                record.InstantNanoseconds,
                record.StepIndex,
                record.Step,
                record.PolicyNanoseconds));
            return false;
        }

        if (record.Kind == StepKind.Broken)
        {
            _parts.Board.Post(new Remark(
                record.InstantNanoseconds,
                "fault",
                $"the episode broke off at step {record.StepIndex}: {record.Fault}"));
        }

        Store(record.Kind == StepKind.Broken ? null : record.End, record.InstantNanoseconds, now);
        return true;
    }

    /// <summary>Stores what there is of an episode that the rig's stop cut off.</summary>
    /// <param name="now">The instant, ns.</param>
    internal void Interrupt(long now) => Store(null, now, now);

    private void Store(EpisodeEnd? end, long endNanoseconds, long now)
    {
        EpisodeRequest request = _plan!.Request;
        BrokenInARow = end is null ? BrokenInARow + 1 : 0;
        LastEndNanoseconds = endNanoseconds;
        LastRequest = request;
        WayBack = [.. _assembler.Goals];
        if (_assembler.StepCount == 0)
        {
            _parts.Programme.Skipped(request);
            _parts.Board.Note(now, "the episode ended before its first step; nothing is stored");
            return;
        }

        bool isOwed = _parts.Options.Verdict == VerdictPolicy.Operator
            && end is not null
            && _spoken is null;
        EpisodeVerdict byRule = ByRule(end);
        Episode episode = _assembler.Build(
            _parts.Setting.Task.Description.Name,
            request,
            end ?? EpisodeEnd.RigStopped,
            _spoken ?? byRule) with
        {
            VerdictSource = _spoken is null ? VerdictSource.Rule : VerdictSource.Operator,
            Operator = _parts.Operator.Name,
            Reset = _figures,
            BeganUtc = _beganUtc,
        };
        long index = _parts.Store.Append(episode);
        LastIndex = index;
        Verdicts.Take(index, isOwed, _spoken is null ? null : byRule);
        _parts.Programme.Finished(index, episode);
        _parts.Health.Observe(
            index, episode, (endNanoseconds - episode.BeganNanoseconds) / 1e9);
        Tally = Tally with
        {
            EpisodeCount = Tally.EpisodeCount + 1,
            BrokenCount = Tally.BrokenCount + (end is null ? 1 : 0),
        };
        _parts.Board.Post(new EpisodeEnded(endNanoseconds, index, episode, isOwed));
        PostHealth(now);
    }

    // What broke off says nothing of the policy; what nobody judged is not learnt from.
    private EpisodeVerdict ByRule(EpisodeEnd? end) =>
        end is null || _parts.Options.Verdict == VerdictPolicy.Operator
            ? EpisodeVerdict.Discarded
            : end == EpisodeEnd.SuccessRule ? EpisodeVerdict.Success : EpisodeVerdict.Failure;

    private void PostHealth(long now)
    {
        HealthFigures figures = _parts.Health.Read();
        _parts.Board.Post(new HealthSeen(now, figures));
        var fresh = figures.Alarms.Where(alarm => !_alarmed.Contains(AlarmKey(alarm))).ToList();
        _alarmed.Clear();
        _alarmed.UnionWith(figures.Alarms.Select(AlarmKey));
        foreach (string alarm in fresh)
        {
            _parts.Board.Post(new Remark(now, "alarm", alarm));
        }
    }

    // The same alarm with another number is no new alarm.
    private static string AlarmKey(string alarm) =>
        string.Concat(alarm.Where(letter => !char.IsAsciiDigit(letter) && letter != '.'));

    /// <summary>Counts a word that meant nothing.</summary>
    internal void CountIgnored() =>
        Tally = Tally with { IgnoredWordCount = Tally.IgnoredWordCount + 1 };
}
