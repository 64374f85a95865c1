using System.CommandLine;
using HilRig.Learning.Comparison;

namespace HilRig.Learning.Commands;

/// <summary>`hilrig learn compare`: finished runs side by side, with intervals and plots.</summary>
internal sealed class CompareCommand
{
    private readonly Argument<string[]> _runs = new("run")
    {
        Description = "Folders of runs, or folders that have such below them.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder for comparison.md, .json, .html and curves-TASK.svg.",
    };

    private readonly Option<int> _draws = new("--draws")
    {
        Description = "Resamples of a bootstrap interval.",
        DefaultValueFactory = _ => 2000,
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "Seed of the resamples.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print the comparison as one JSON object instead of Markdown.",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var self = new CompareCommand();
        self._draws.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 100 or > 1_000_000)
            {
                result.AddError("--draws is 100 to 1000000.");
            }
        });
        var command = new Command("compare", "Finished runs side by side, with intervals.")
        {
            self._runs, self._out, self._draws, self._seed, self._json,
        };
        command.SetAction(self.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        RunComparison comparison = new ComparisonBuilder(
            RunCollection.Find(parsed.GetRequiredValue(_runs)),
            parsed.GetValue(_seed),
            parsed.GetValue(_draws)).Build();
        if (parsed.GetValue(_out) is { } folder)
        {
            ComparisonFiles.Write(comparison, folder);
        }

        Console.Out.Write(parsed.GetValue(_json)
            ? ComparisonFiles.Json(comparison)
            : ComparisonText.Write(comparison));
        return ExitCode.Success;
    }
}
