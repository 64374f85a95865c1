using System.CommandLine;
using System.Globalization;
using HilRig.Cli.Errors;
using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Recording.Episodes;

namespace HilRig.Cli.Episodes;

/// <summary>`hilrig episodes relabel FILE N VERDICT`: corrects a verdict; the old one is kept.
/// </summary>
internal static class EpisodesRelabel
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> file = EpisodesCommand.FileArgument();
        Argument<long> index = EpisodesCommand.IndexArgument();
        var verdict = new Argument<string>("VERDICT")
        {
            Description = "success, failure or discard.",
        };
        verdict.AcceptOnlyFromAmong("success", "failure", "discard");
        var why = new Option<string>("--why")
        {
            Description = "The reason, in words.",
            Required = true,
        };
        var by = new Option<string>("--by")
        {
            Description = "Who says so.",
            DefaultValueFactory = _ => Environment.UserName,
        };
        var command = new Command(
            "relabel", "Correct a verdict; returns and targets of a run that goes on follow.")
        {
            file, index, verdict, why, by,
        };
        command.SetAction(parsed => Run(
            EpisodesCommand.ResolveOne(parsed.GetRequiredValue(file)),
            new VerdictAmendment(
                Guid.NewGuid(),
                parsed.GetRequiredValue(index),
                Verdict(parsed.GetRequiredValue(verdict)),
                VerdictSource.Correction,
                NotEmpty(parsed.GetValue(by), "--by"),
                NotEmpty(parsed.GetValue(why), "--why"),
                DateTimeOffset.UtcNow)));
        return command;
    }

    private static int Run(string path, VerdictAmendment amendment)
    {
        bool waits = EpisodeLog.Relabel(path, amendment);
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{path}: episode {amendment.EpisodeIndex} counts as ")
            + EpisodesCommand.Word(amendment.Verdict)
            + (waits ? "; the run that has the log open takes it between episodes" : ""));
        return ExitCode.Success;
    }

    private static EpisodeVerdict Verdict(string word) => word switch
    {
        "success" => EpisodeVerdict.Success,
        "failure" => EpisodeVerdict.Failure,
        _ => EpisodeVerdict.Discarded,
    };

    private static string NotEmpty(string? text, string option) =>
        string.IsNullOrWhiteSpace(text)
            ? throw new ScenarioException("A word is missing", option, "some text", "none")
            : text.Trim();
}
