using System.Globalization;
using HilRig.Core.Episodes;
using HilRig.Core.Errors;

namespace HilRig.Recording.Episodes;

/// <summary>What every episode of a log has in common.</summary>
public sealed record EpisodeLogHeader
{
    /// <summary>Name of the task.</summary>
    public required string Task { get; init; }

    /// <summary>Time between two actions, s.</summary>
    public required double PeriodSeconds { get; init; }

    /// <summary>The numbers of an observation, in order. Recorded raw.</summary>
    public required IReadOnlyList<EpisodeChannel> Observation { get; init; }

    /// <summary>The numbers of an action, in order. Recorded in [−1, 1].</summary>
    public required IReadOnlyList<EpisodeChannel> Action { get; init; }

    /// <summary>
    /// Requires that another log's episodes mean the same: task, period, names and units in order,
    /// and what an action of 1 is. How observations are scaled for a net is no part of it.
    /// </summary>
    /// <param name="expected">What is wanted.</param>
    /// <param name="path">The file of this header, for the message.</param>
    /// <exception cref="ScenarioException">Something differs; it is named.</exception>
    public void RequireSame(EpisodeLogHeader expected, string path)
    {
        Require("task", expected.Task, Task, path);
        Require("period, s", Text(expected.PeriodSeconds), Text(PeriodSeconds), path);
        Compare("observation", expected.Observation, Observation, path);
        Compare("action", expected.Action, Action, path);
        for (int i = 0; i < Action.Count; i++)
        {
            EpisodeChannel wanted = expected.Action[i];
            EpisodeChannel found = Action[i];
            Require(
                $"meaning of action {found.Name}",
                $"{Text(wanted.Offset)} ± {Text(wanted.Scale)} {wanted.Unit}",
                $"{Text(found.Offset)} ± {Text(found.Scale)} {found.Unit}",
                path);
        }
    }

    /// <summary>Requires that an episode has the sizes of this log.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="where">File and place, for the message.</param>
    /// <exception cref="RecordingException">It does not.</exception>
    public void RequireFits(Episode episode, string where)
    {
        episode.Require(where);
        if (episode.Task != Task
            || episode.ObservationCount != Observation.Count
            || episode.ActionCount != Action.Count)
        {
            throw new RecordingException(
                "An episode does not belong to this log",
                where,
                Sizes(Task, Observation.Count, Action.Count),
                Sizes(episode.Task, episode.ObservationCount, episode.ActionCount));
        }
    }

    private static string Sizes(string task, int observations, int actions) =>
        FormattableString.Invariant(
            $"{task} with {observations} numbers observed, {actions} of an action");

    private static void Compare(
        string kind,
        IReadOnlyList<EpisodeChannel> expected,
        IReadOnlyList<EpisodeChannel> found,
        string path)
    {
        Require($"{kind} size", Text(expected.Count), Text(found.Count), path);
        for (int i = 0; i < found.Count; i++)
        {
            Require(
                FormattableString.Invariant($"{kind} {i}"),
                $"{expected[i].Name}, {expected[i].Unit}",
                $"{found[i].Name}, {found[i].Unit}",
                path);
        }
    }

    private static void Require(string what, string expected, string found, string path)
    {
        if (expected != found)
        {
            throw new ScenarioException(
                $"The episodes of this file have another {what}",
                path,
                expected,
                found,
                "the episodes of this task, or another --out");
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
