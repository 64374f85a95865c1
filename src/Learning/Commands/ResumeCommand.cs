using System.CommandLine;
using HilRig.Learning.Training;

namespace HilRig.Learning.Commands;

/// <summary>`hilrig learn resume`: goes on with a run that was stopped or killed.</summary>
internal static class ResumeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var run = new Argument<string>("run")
        {
            Description = "Folder of the run.",
        };
        var json = new Option<bool>("--json")
        {
            Description = "Print the result as one JSON object.",
        };
        var command = new Command("resume", "Go on with a run that was stopped or killed.")
        {
            run, json,
        };
        command.SetAction(parsed => TrainingRun.Run(
            RunFolder.Open(parsed.GetRequiredValue(run)), null, parsed.GetValue(json)));
        return command;
    }
}
