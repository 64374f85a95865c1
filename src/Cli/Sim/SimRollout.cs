using System.CommandLine;
using HilRig.Cli.Errors;
using HilRig.Core.Errors;
using HilRig.Sim.Models;
using HilRig.Sim.Tables;

namespace HilRig.Cli.Sim;

/// <summary>`hilrig sim rollout`: a free run under given controls.</summary>
internal static class SimRollout
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        Option<string> model = SimOptions.Model();
        Option<bool> skipMeshes = SimOptions.SkipMeshes();
        Option<string> backend = SimOptions.Backend();
        Option<string> initial = SimOptions.File("--init", "CSV of one row: qpos0…,qvel0….");
        Option<string> controls = SimOptions.File("--controls", "CSV, one row a step: ctrl0….");
        Option<string> target = SimOptions.File("--out", "CSV to write: time,qpos0…,qvel0….");
        var envs = new Option<int>("--envs")
        {
            Description = "Number of envs; 1 so far.",
            DefaultValueFactory = _ => 1,
        };
        var command = new Command("rollout", "A free run from one state under given controls.")
        {
            model,
            skipMeshes,
            backend,
            initial,
            controls,
            target,
            envs,
        };
        command.SetAction(parsed =>
        {
            SimOptions.RequireDouble(parsed.GetRequiredValue(backend));
            RequireOneEnv(parsed.GetValue(envs));
            return Run(
                SimOptions.Load(parsed.GetRequiredValue(model), parsed.GetValue(skipMeshes)),
                parsed.GetRequiredValue(initial),
                parsed.GetRequiredValue(controls),
                parsed.GetRequiredValue(target));
        });
        return command;
    }

    /// <summary>Runs the verb.</summary>
    public static int Run(Model model, string initial, string controls, string target)
    {
        using StreamReader start = SimOptions.OpenText(initial);
        using StreamReader rows = SimOptions.OpenText(controls);
        TableResult result = SimOptions.WriteText(
            target,
            output => RolloutTable.Run(model, start, initial, rows, controls, output));
        Console.Error.WriteLine(
            $"{result.RowCount} rows, {result.UnconvergedCount} unconverged, in {target}");
        return ExitCode.Success;
    }

    private static void RequireOneEnv(int envs)
    {
        if (envs != 1)
        {
            throw new ModelException("several envs do not exist yet", "--envs", "1", $"{envs}");
        }
    }
}
