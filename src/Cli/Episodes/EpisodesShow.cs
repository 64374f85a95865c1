using System.CommandLine;
using System.Globalization;
using HilRig.Cli.Errors;
using HilRig.Core.Episodes;
using HilRig.Recording.Episodes;

namespace HilRig.Cli.Episodes;

/// <summary>`hilrig episodes show FILE N`: an episode step by step, and its verdicts.</summary>
internal static class EpisodesShow
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> file = EpisodesCommand.FileArgument();
        Argument<long> index = EpisodesCommand.IndexArgument();
        Option<bool> json = EpisodesCommand.JsonOption();
        var command = new Command("show", "An episode step by step, and the verdicts it had.")
        {
            file, index, json,
        };
        command.SetAction(parsed =>
        {
            string path = EpisodesCommand.ResolveOne(parsed.GetRequiredValue(file));
            EpisodeLogContent content = EpisodeLog.Read(path);
            LoggedEpisode one = content.Require(parsed.GetRequiredValue(index), path);
            if (parsed.GetValue(json))
            {
                EpisodesCommand.Print(Row(content.Header, one));
            }
            else
            {
                PrintText(content.Header, one);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static object Row(EpisodeLogHeader header, LoggedEpisode one) => new
    {
        index = one.Index,
        task = header.Task,
        purpose = EpisodesCommand.Word(one.Episode.Purpose),
        start = one.Episode.StartIndex,
        startSeed = one.Episode.StartSeed,
        end = EpisodesCommand.Word(one.Episode.End),
        verdict = EpisodesCommand.Word(one.Episode.Verdict),
        firstVerdict = EpisodesCommand.Word(one.FirstVerdict),
        firstSource = EpisodesCommand.Word(one.FirstSource),
        amendments = one.Amendments.Select(amendment => new
        {
            verdict = EpisodesCommand.Word(amendment.Verdict),
            source = EpisodesCommand.Word(amendment.Source),
            by = amendment.By,
            why = amendment.Why,
            utc = amendment.Utc,
        }),
        policySha256 = one.Episode.PolicySha256,
        @operator = one.Episode.Operator,
        reset = one.Episode.Reset,
        began = one.Episode.BeganUtc,
        observationNames = header.Observation.Select(channel => channel.Name),
        actionNames = header.Action.Select(channel => channel.Name),
        steps = Enumerable.Range(0, one.Episode.StepCount).Select(step => new
        {
            proposer = EpisodesCommand.Word(one.Episode.Proposers[step]),
            reinforcementValue = Number(one.Episode.ReinforcementValues[step]),
            imitationValue = Number(one.Episode.ImitationValues[step]),
            flags = FlagNames(one.Episode.Flags[step]),
            action = one.Episode.Action(step).ToArray(),
            observation = one.Episode.Observation(step).ToArray(),
            reward = one.Episode.Reward(step),
        }),
        lastObservation = one.Episode.Observation(one.Episode.StepCount).ToArray(),
    };

    private static void PrintText(EpisodeLogHeader header, LoggedEpisode one)
    {
        Episode episode = one.Episode;
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Episode {one.Index} of {header.Task}: ")
            + $"{EpisodesCommand.Word(episode.Purpose)}, "
            + string.Create(
                CultureInfo.InvariantCulture,
                $"start {episode.StartIndex}, {episode.StepCount} steps, ")
            + $"ended by {EpisodesCommand.Word(episode.End)}");
        if (episode.Operator.Length > 0)
        {
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Reset by {episode.Operator} in {episode.Reset.ResetSeconds:0.0} s, ")
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"{episode.Reset.FailedVerifyCount} failed verifies"));
        }

        Console.Out.WriteLine(
            $"Verdict {EpisodesCommand.Word(one.FirstVerdict)} "
            + $"({EpisodesCommand.Word(one.FirstSource)})");
        foreach (VerdictAmendment amendment in one.Amendments)
        {
            Console.Out.WriteLine(
                $"  then {EpisodesCommand.Word(amendment.Verdict)} by {amendment.By} "
                + string.Create(
                    CultureInfo.InvariantCulture, $"({amendment.Utc:u}): ") + amendment.Why);
        }

        Console.Out.WriteLine(
            "action: " + string.Join(", ", header.Action.Select(channel => channel.Name)));
        Console.Out.WriteLine("  step  proposer          q_rl    q_il  action");
        for (int step = 0; step < episode.StepCount; step++)
        {
            PrintStep(episode, step);
        }
    }

    private static void PrintStep(Episode episode, int step)
    {
        string action = "";
        foreach (float value in episode.Action(step))
        {
            action += string.Create(CultureInfo.InvariantCulture, $" {value,6:0.00}");
        }

        string[] flags = FlagNames(episode.Flags[step]);
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{step,6}  {EpisodesCommand.Word(episode.Proposers[step]),-14}")
            + $"{Value(episode.ReinforcementValues[step])}{Value(episode.ImitationValues[step])} "
            + action
            + (flags.Length > 0 ? "  " + string.Join(' ', flags) : ""));
    }

    private static string Value(float value) => float.IsNaN(value)
        ? "       -"
        : string.Create(CultureInfo.InvariantCulture, $"{value,8:0.000}");

    private static float? Number(float value) => float.IsNaN(value) ? null : value;

    private static string[] FlagNames(StepFlags flags) =>
    [
        .. Enum.GetValues<StepFlags>()
            .Where(flag => flag != StepFlags.None && flags.HasFlag(flag))
            .Select(flag => EpisodesCommand.Word(flag)),
    ];
}
