using CsCheck;
using HilRig.Core.Episodes;
using HilRig.Recording.Episodes;

namespace HilRig.Recording.Tests.Episodes;

/// <summary>Episodes and headers for the tests of the log.</summary>
internal static class Episodes
{
    public static EpisodeLogHeader Header { get; } = new()
    {
        Task = "Stack",
        PeriodSeconds = 0.05,
        Observation =
        [
            new("joint/x/position", "m", 0, 0.1),
            new("joint/y/position", "m", 0.2, 0.1),
            new("object/puck/x", "m", 0, 0.05),
        ],
        Action = [new("joint/x/goal", "m", 0, 0.02), new("joint/y/goal", "m", 0, 0.02)],
    };

    /// <summary>Any episode of <see cref="Header"/>, values that critics lack included.</summary>
    public static Gen<Episode> Any { get; } =
        from steps in Gen.Int[1, 12]
        from observations in Gen.Float[-1e6f, 1e6f].Array[(steps + 1) * 3]
        from actions in Gen.Float[-1, 1].Array[steps * 2]
        from values in Gen.OneOf(Gen.Float, Gen.Const(float.NaN)).Array[steps * 2]
        from proposers in Gen.Enum<Proposer>().Array[steps]
        from flags in Gen.Int[0, 31].Array[steps]
        from kinds in Gen.Select(
            Gen.Enum<EpisodePurpose>(), Gen.Enum<EpisodeEnd>(),
            Gen.Enum<EpisodeVerdict>(), Gen.Enum<VerdictSource>())
        from texts in Gen.String.Array[2]
        from numbers in Gen.Select(Gen.Long, Gen.ULong, Gen.Double.Array[2], Gen.Int)
        from ticks in Gen.Long[0, DateTimeOffset.MaxValue.Ticks]
        select new Episode
        {
            Task = "Stack",
            Purpose = kinds.Item1,
            End = kinds.Item2,
            Verdict = kinds.Item3,
            VerdictSource = kinds.Item4,
            StartIndex = numbers.Item1,
            StartSeed = numbers.Item2,
            Observations = observations,
            Actions = actions,
            ReinforcementValues = values[..steps],
            ImitationValues = values[steps..],
            Proposers = proposers,
            Flags = [.. flags.Select(flag => (StepFlags)flag)],
            PolicySha256 = WellFormed(texts[0]),
            Operator = WellFormed(texts[1]),
            Reset = new(numbers.Item3[0], numbers.Item3[1], numbers.Item4),
            BeganNanoseconds = numbers.Item1,
            BeganUtc = new DateTimeOffset(ticks, TimeSpan.Zero),
        };

    /// <summary>A small episode that can be told from others by its start.</summary>
    public static Episode Number(long start, EpisodeVerdict verdict = EpisodeVerdict.Failure) =>
        new()
        {
            Task = "Stack",
            Purpose = EpisodePurpose.Training,
            StartIndex = start,
            StartSeed = 7,
            Observations = [.. Enumerable.Range(0, 9).Select(i => (i * 0.25f) + start)],
            Actions = [0.5f, -0.5f, 1, -1],
            Proposers = [Proposer.Imitation, Proposer.Reinforcement],
            ReinforcementValues = [0.25f, 0.5f],
            ImitationValues = [0.5f, float.NaN],
            Flags = [StepFlags.None, StepFlags.Clipped | StepFlags.Capped],
            End = EpisodeEnd.TimedOut,
            Verdict = verdict,
        };

    public static VerdictAmendment Verdict(
        long index, EpisodeVerdict verdict, string why = "seen on video") =>
        new(
            new Guid((int)index, (short)verdict, (short)why.Length, new byte[8]),
            index,
            verdict,
            VerdictSource.Correction,
            "mia",
            why,
            DateTimeOffset.UnixEpoch.AddDays(index));

    private static string WellFormed(string text) =>
        string.Concat(text.Where(letter => !char.IsSurrogate(letter)));
}
