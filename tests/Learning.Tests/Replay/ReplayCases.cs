using HilRig.Core.Episodes;
using HilRig.Tasks;

namespace HilRig.Learning.Tests.Replay;

/// <summary>A task of two numbers observed, and episodes that say where they are.</summary>
internal static class ReplayCases
{
    public static TaskDescription Task { get; } = new()
    {
        Name = "Slide",
        Summary = "Slides.",
        ModelFile = "none.xml",
        PeriodSeconds = 0.05,
        SubstepCount = 1,
        EpisodeSteps = 10,
        Joints = ["x"],
        ObjectJoints = [],
        Start = [],
        Observation = [new("a", "m", 1, 2), new("b", "m", 0, 1)],
        Action = [new("x", "m", 0, 1)],
        GoalLeash = [1],
    };

    /// <summary>
    /// Step t observes (1 + 2(t + base), −t), seen as (t + base, −t), and does 0.01 t.
    /// </summary>
    public static Episode Episode(
        int steps,
        EpisodeVerdict verdict,
        EpisodeEnd end = EpisodeEnd.TimedOut,
        EpisodePurpose purpose = EpisodePurpose.Training,
        int first = 0)
    {
        var proposers = new Proposer[steps];
        Array.Fill(proposers, Proposer.Reinforcement);
        var none = new float[steps];
        Array.Fill(none, float.NaN);
        return new Episode
        {
            Task = Task.Name,
            Purpose = purpose,
            StartIndex = 0,
            StartSeed = 0,
            Observations = [.. Enumerable.Range(0, steps + 1)
                .SelectMany(t => new[] { 1f + (2 * (t + first)), -t })],
            Actions = [.. Enumerable.Range(0, steps).Select(t => 0.01f * t)],
            Proposers = proposers,
            ReinforcementValues = none,
            ImitationValues = [.. none],
            Flags = new StepFlags[steps],
            End = end,
            Verdict = verdict,
        };
    }
}
