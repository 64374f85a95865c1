using System.CommandLine;
using HilRig.Cli.Errors;
using HilRig.Sim.Tables;

namespace HilRig.Cli.Sim;

/// <summary>`hilrig sim dump MODEL --json`: the compiled model.</summary>
internal static class SimDump
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        Argument<string> path = SimOptions.ModelArgument();
        Option<bool> skipMeshes = SimOptions.SkipMeshes();
        var json = new Option<bool>("--json") { Description = "JSON, the only form so far." };
        var command = new Command("dump", "Print the compiled model: masses, inertias, M, ranges.")
        {
            path,
            skipMeshes,
            json,
        };
        command.SetAction(parsed =>
        {
            using Stream output = Console.OpenStandardOutput();
            return Run(parsed.GetRequiredValue(path), parsed.GetValue(skipMeshes), output);
        });
        return command;
    }

    /// <summary>Runs the verb.</summary>
    public static int Run(string path, bool skipMeshes, Stream output)
    {
        ModelDump.Write(SimOptions.Load(path, skipMeshes), output);
        output.Write("\n"u8);
        return ExitCode.Success;
    }
}
