using HilRig.Core.Episodes;
using HilRig.Harness.Episodes;
using HilRig.Harness.Policies;
using HilRig.Harness.Policies.RealTime;
using HilRig.Recording.Episodes;
using HilRig.Tasks;

namespace HilRig.Rig.Learning;

/// <summary>
/// The episodes of learning on a rig, in order: demonstrations by the script, warm-up by the
/// imitation, learning with the newest policy, and at the end imitation and final policy in turn on
/// the same starts. What comes next follows from the episodes that are stored, so a session that
/// was broken off goes on where it was.
/// </summary>
internal sealed class RigProgramme : IEpisodeProgramme
{
    // Lists of starts and streams of chance that share nothing.
    private const ulong StreamStride = 1_000_003;
    private readonly LearnRigOptions _options;
    private readonly IRobotTask _task;
    private readonly EpisodeTally _tally;
    private readonly PolicyShelf _shelf;
    private readonly ILearnerDesk _learner;
    private readonly EpisodeJournal _journal;
    private readonly Action<string> _say;

    /// <summary>Makes a programme.</summary>
    /// <param name="options">Checked.</param>
    /// <param name="task">The task.</param>
    /// <param name="tally">What is done already.</param>
    /// <param name="shelf">Policies.</param>
    /// <param name="learner">The learner's process.</param>
    /// <param name="journal">The episodes, for verdicts that others correct.</param>
    /// <param name="say">Takes one line for people at a time.</param>
    public RigProgramme(
        LearnRigOptions options,
        IRobotTask task,
        EpisodeTally tally,
        PolicyShelf shelf,
        ILearnerDesk learner,
        EpisodeJournal journal,
        Action<string> say)
    {
        _options = options;
        _task = task;
        _tally = tally;
        _shelf = shelf;
        _learner = learner;
        _journal = journal;
        _say = say;
    }

    /// <summary>What is done.</summary>
    public EpisodeTally Tally => _tally;

    /// <inheritdoc/>
    public ProgrammeStep Next(out EpisodeRequest? request)
    {
        request = null;
        _learner.Attend();
        foreach (VerdictAmendment amendment in _journal.TakePending())
        {
            _tally.Amend(amendment.EpisodeIndex, amendment.Verdict);
        }

        if (_tally.Counted(EpisodePurpose.Demonstration).Count(one => one.IsSuccess)
            < _options.Demonstrations)
        {
            request = Demonstration();
            return ProgrammeStep.Episode;
        }

        if (_shelf.Final == 0 && _learner.TryTakePolicy(_shelf.NewestSeen) is { } policy
            && _shelf.TryAdd(policy) is { } fault)
        {
            _say($"policy {policy.Sequence} is refused; {Acting()}. {fault.Message}");
        }

        if (_shelf.Imitation == 0)
        {
            return ProgrammeStep.Wait;
        }

        int learnt = _tally.Counted(EpisodePurpose.WarmUp, EpisodePurpose.Training).Count();
        return learnt < _options.Episodes
            ? Learning(learnt, out request)
            : Evaluation(out request);
    }

    /// <inheritdoc/>
    public void Finished(long index, Episode episode)
    {
        _tally.Add(index, episode);
        if (episode.Purpose is EpisodePurpose.WarmUp or EpisodePurpose.Training)
        {
            _learner.EpisodeStored(
                _tally.Counted(EpisodePurpose.WarmUp, EpisodePurpose.Training).Count());
        }
    }

    /// <inheritdoc/>
    public void Skipped(EpisodeRequest request) =>
        _tally.Pass(request.Purpose, request.StartIndex);

    /// <inheritdoc/>
    public void Amended(long index, EpisodeVerdict verdict) => _tally.Amend(index, verdict);

    private string Acting() => _shelf.Newest == 0
        ? "none acts yet"
        : FormattableString.Invariant($"policy {_shelf.Newest} goes on acting");

    private ulong SeedOf(EpisodePurpose purpose) =>
        (_options.Seed * StreamStride) + (ulong)purpose;

    private EpisodeRequest Demonstration()
    {
        ulong seed = SeedOf(EpisodePurpose.Demonstration);
        long start = _tally.NextStart(EpisodePurpose.Demonstration);
        return new EpisodeRequest
        {
            Purpose = EpisodePurpose.Demonstration,
            StartSeed = seed,
            StartIndex = start,
            Policy = new ScriptPolicy(_task.CreateDemonstrator(seed, start)),
            PolicyName = "script",
        };
    }

    private ProgrammeStep Learning(int learnt, out EpisodeRequest? request)
    {
        bool isWarmUp = learnt < _options.WarmUpEpisodes;
        EpisodePurpose purpose = isWarmUp ? EpisodePurpose.WarmUp : EpisodePurpose.Training;
        request = null;
        if (!isWarmUp && _learner.IsBehind)
        {
            return ProgrammeStep.Wait;
        }

        long start = _tally.NextStart(purpose);
        request = Request(
            purpose,
            start,
            isWarmUp ? _shelf.Imitation : _shelf.Newest,
            new ActingMode(
                (float)_options.Noise,
                (float)_options.Softness,
                SeedOf(purpose),
                (ulong)start));
        return ProgrammeStep.Episode;
    }

    private ProgrammeStep Evaluation(out EpisodeRequest? request)
    {
        request = null;
        if (_options.EvaluationStarts == 0)
        {
            return ProgrammeStep.Done;
        }

        if (_shelf.Final == 0)
        {
            if (_learner.Owes(_tally.LearningSteps))
            {
                return ProgrammeStep.Wait;
            }

            _shelf.Final = _shelf.Newest;
        }

        // Episodes of one start follow each other; who is first alternates.
        var done = _tally.Counted(EpisodePurpose.Evaluation)
            .Select(one => (one.StartIndex, one.PolicySha256))
            .ToHashSet();
        for (long turn = 0; turn < 2L * _options.EvaluationStarts; turn++)
        {
            long start = turn / 2;
            long number = (turn + start) % 2 == 0 ? _shelf.Imitation : _shelf.Final;
            if (!done.Contains((start, _shelf.Sha256Of(number))))
            {
                request = Request(EpisodePurpose.Evaluation, start, number, ActingMode.Greedy);
                return ProgrammeStep.Episode;
            }
        }

        return ProgrammeStep.Done;
    }

    private EpisodeRequest Request(
        EpisodePurpose purpose, long start, long number, ActingMode mode)
    {
        HybridPolicy policy = _shelf.Take(number);
        policy.Mode = mode;
        return new EpisodeRequest
        {
            Purpose = purpose,
            StartSeed = SeedOf(purpose),
            StartIndex = start,
            Policy = policy,
            PolicySha256 = _shelf.Sha256Of(number),
            PolicyName = number == _shelf.Imitation
                ? "imitation"
                : FormattableString.Invariant($"policy {number}"),
        };
    }
}
