using System.CommandLine;
using HilRig.Cli.Errors;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Tables;

namespace HilRig.Cli.Sim;

/// <summary>`hilrig sim dump MODEL --json`: the compiled model.</summary>
internal static class SimDump
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        Argument<string> path = SimOptions.ModelArgument();
        var json = new Option<bool>("--json") { Description = "JSON, the only form so far." };
        var command = new Command("dump", "Print the compiled model: masses, inertias, M, ranges.")
        {
            path,
            json,
        };
        var load = new LoadOptions(command);
        command.SetAction(parsed =>
        {
            using Stream output = Console.OpenStandardOutput();
            return Run(parsed.GetRequiredValue(path), load.Read(parsed), output);
        });
        return command;
    }

    /// <summary>Runs the verb.</summary>
    public static int Run(string path, MjcfOptions options, Stream output)
    {
        ModelDump.Write(SimOptions.Load(path, options), output);
        output.Write("\n"u8);
        return ExitCode.Success;
    }
}
