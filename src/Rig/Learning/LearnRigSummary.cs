using HilRig.Bridge.Learner;
using HilRig.Core.Episodes;
using HilRig.Core.Joints;
using HilRig.Core.Rigs;
using HilRig.Harness.Episodes;
using HilRig.Rig.Learning.Parts;

namespace HilRig.Rig.Learning;

/// <summary>Makes the result of a run from what is stored and what a session came to.</summary>
internal sealed class LearnRigSummary(
    LearnRigFolder folder, RigDescription rig, EpisodeTally tally, PolicyShelf shelf)
{
    private const int PointEpisodes = 10;

    /// <summary>Makes the result.</summary>
    /// <param name="session">How the last session ended.</param>
    /// <param name="parts">Every part of the run.</param>
    /// <param name="status">What the learner last said.</param>
    /// <param name="utc">When, for what is deployed.</param>
    public LearnRigResult Conclude(
        SessionResult session,
        IReadOnlyList<LearnRigPart> parts,
        LearnerStatus? status,
        DateTimeOffset utc)
    {
        TalliedEpisode[] learnt = [.. Learnt()];
        (long Start, bool Imitation, bool Final)[] pairs = Pairs();
        return new LearnRigResult
        {
            Algorithm = folder.Options.Algorithm,
            Task = folder.Options.Task,
            Rig = rig.Name,
            Seed = folder.Options.Seed,
            Ending = session.Ending.ToString(),
            Reason = session.Reason,
            Demonstrations = tally.Counted(EpisodePurpose.Demonstration)
                .Count(episode => episode.IsSuccess),
            Episodes = learnt.Length,
            Steps = learnt.Sum(episode => (long)episode.StepCount),
            Score = pairs.Length == 0
                ? null
                : PairedScore.Of([.. pairs.Select(pair => (pair.Imitation, pair.Final))]),
            Promotion = LearnRigPromotion.Deploy(folder.Path, shelf, pairs, utc),
            Curve = [.. Curve(learnt)],
            LimitViolations = parts.Sum(part => part.LimitViolations),
            StaleCommands = parts.Sum(part => part.StaleCommands),
            ClippedSteps = tally.Episodes.Sum(episode => (long)episode.ClippedCount),
            Selection = Selection(),
            RefusedPolicies = shelf.RefusedCount,
            Resets = Resets(),
            Learner = new LearnRigLearner(
                status?.UpdateCount ?? 0,
                shelf.Newest,
                parts.Sum(part => part.LearnerKills),
                parts.Sum(part => part.LearnerRestarts)),
            Stops = parts.Count(part => part.Stop != StopReason.None),
            Ticks = parts.Sum(part => part.Ticks),
            MissedTicks = parts.Sum(part => part.MissedTicks),
            UnansweredTicks = parts.Sum(part => part.UnansweredTicks),
            Session = session,
            WallSeconds = parts.Sum(part => part.WallSeconds),
            CpuSeconds = parts.Sum(part => part.CpuSeconds),
            Parts = parts,
            Policy = shelf.Final == 0 ? null : shelf.PathOf(shelf.Final),
            Run = folder.Path,
        };
    }

    private IEnumerable<TalliedEpisode> Learnt() => tally
        .Counted(EpisodePurpose.WarmUp, EpisodePurpose.Training)
        .OrderBy(episode => episode.Index);

    private (long Start, bool Imitation, bool Final)[] Pairs()
    {
        if (shelf.Imitation == 0 || shelf.Final == 0)
        {
            return [];
        }

        Dictionary<long, bool> first = Of(shelf.Sha256Of(shelf.Imitation));
        Dictionary<long, bool> second = Of(shelf.Sha256Of(shelf.Final));
        return
        [
            .. first.Keys.Where(second.ContainsKey).Order()
                .Select(start => (start, first[start], second[start])),
        ];
    }

    private Dictionary<long, bool> Of(string sha256) => tally.Counted(EpisodePurpose.Evaluation)
        .Where(episode => episode.PolicySha256 == sha256)
        .GroupBy(episode => episode.StartIndex)
        .ToDictionary(group => group.Key, group => group.MaxBy(one => one.Index)!.IsSuccess);

    private static IEnumerable<LearnRigPoint> Curve(TalliedEpisode[] learnt)
    {
        long steps = 0;
        for (int i = 0; i < learnt.Length; i++)
        {
            steps += learnt[i].StepCount;
            if ((i + 1) % PointEpisodes == 0)
            {
                TalliedEpisode[] newest = learnt[(i + 1 - PointEpisodes)..(i + 1)];
                yield return new LearnRigPoint(
                    i + 1, steps, newest.Count(episode => episode.IsSuccess) / 10.0);
            }
        }
    }

    private LearnRigSelection Selection()
    {
        TalliedEpisode[] acted = [.. tally.Episodes
            .Where(episode => episode.Purpose != EpisodePurpose.Demonstration)];
        long Sum(Func<TalliedSelection, int> count) =>
            acted.Sum(episode => (long)count(episode.Selection));
        return new LearnRigSelection(
            shelf.Safety.IsNone ? null : shelf.Safety,
            acted.Sum(episode => (long)episode.StepCount),
            Sum(one => one.ActorSteps),
            Sum(one => one.Capped),
            Sum(one => one.Locked),
            Sum(one => one.CriticsDisagreed),
            Sum(one => one.ValueOutOfRange));
    }

    private LearnRigResets Resets()
    {
        TalliedEpisode[] reset =
            [.. tally.Episodes.Where(episode => episode.Reset.ResetSeconds > 0)];
        return new LearnRigResets(
            reset.Length,
            reset.Select(episode => episode.Reset.ResetSeconds).DefaultIfEmpty().Average(),
            reset.Select(episode => episode.Reset.IdleSeconds).DefaultIfEmpty().Average(),
            reset.Sum(episode => episode.Reset.FailedVerifyCount));
    }
}
