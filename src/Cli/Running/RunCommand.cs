using System.CommandLine;
using HilRig.Harness.Results;
using HilRig.Rig.Running;

namespace HilRig.Cli.Running;

/// <summary>`hilrig run`: scenarios to verdicts.</summary>
internal static class RunCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string[]> scenarios = Scenarios();
        var rig = new Option<string?>("--rig")
        {
            Description = "Rig file in place of the scenario's own.",
        };
        var agent = new Option<string?>("--agent")
        {
            Description = "Drive an agent that runs already: 'rig', shm:PATH, tcp:// or tls://.",
        };
        var repeat = new Option<int?>("--repeat")
        {
            Description = "Repeats in place of the scenario's own.",
        };
        var unattended = new Option<bool>("--unattended")
        {
            Description = "Nobody is beside the rig: a real one needs an independent stop.",
        };
        var place = new Option<string>("--out")
        {
            Description = "Folder in which each run makes its own.",
            DefaultValueFactory = _ => "runs",
        };
        var recordings = new Option<string?>("--data")
        {
            Description = "Folder of recordings; default: the variable HILRIG_DATA.",
        };
        var inconclusive = new Option<int>("--inconclusive")
        {
            Description = "Exit code of an inconclusive run: 20 or 0.",
            DefaultValueFactory = _ => 20,
        };
        var json = new Option<bool>("--json")
        {
            Description = "Print the result as one JSON object.",
        };
        var command = new Command("run", "Run scenarios; the exit code is the worst verdict.")
        {
            scenarios, rig, agent, repeat, unattended, place, recordings, inconclusive, json,
        };
        command.SetAction(parsed => Run(
            new RunOptions
            {
                Scenarios = parsed.GetRequiredValue(scenarios),
                Rig = parsed.GetValue(rig),
                Agent = parsed.GetValue(agent),
                Repeat = parsed.GetValue(repeat),
                Unattended = parsed.GetValue(unattended),
                Out = parsed.GetRequiredValue(place),
                RecordingFolder = parsed.GetValue(recordings),
                InconclusiveExitCode = parsed.GetValue(inconclusive),
            },
            parsed.GetValue(json)));
        return command;
    }

    private static Argument<string[]> Scenarios()
    {
        var scenarios = new Argument<string[]>("scenario")
        {
            Description = "Scenario files, run in this order.",
            Arity = ArgumentArity.OneOrMore,
        };
        scenarios.Validators.Add(result =>
        {
            foreach (string value in result.Tokens.Select(token => token.Value))
            {
                if (value.StartsWith('-'))
                {
                    result.AddError($"Unknown option '{value}'.");
                }
            }
        });
        return scenarios;
    }

    private static int Run(RunOptions options, bool isJson)
    {
        using StopSignals signals = StopSignals.OfForeground();
        SuiteSummary suite = new RunJob(options, Console.Error.WriteLine).Run(signals.Stop);
        if (isJson)
        {
            Console.Out.WriteLine(ResultJson.Write(suite));
        }
        else
        {
            RunTable.Write(suite);
        }

        return suite.ExitCode;
    }
}
