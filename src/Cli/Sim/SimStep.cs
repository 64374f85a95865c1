using System.CommandLine;
using HilRig.Cli.Errors;
using HilRig.Sim.Batch;
using HilRig.Sim.Models;
using HilRig.Sim.Tables;

namespace HilRig.Cli.Sim;

/// <summary>`hilrig sim step`: one step for each row of a table.</summary>
internal static class SimStep
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        Option<string> model = SimOptions.Model();
        Option<string> backend = SimOptions.Backend("double");
        Option<int> threads = SimOptions.Threads();
        Option<int> lanes = SimOptions.Lanes();
        Option<string> states = SimOptions.File("--states", "CSV: qpos0…,qvel0…,act0…,ctrl0….");
        Option<string> target = SimOptions.File(
            "--out", "CSV to write: qacc0…,qpos0…,qvel0…,act0….");
        var command = new Command("step", "One step for each row of a table.")
        {
            model,
            backend,
            threads,
            lanes,
            states,
            target,
        };
        var load = new LoadOptions(command);
        command.SetAction(parsed => Run(
            SimOptions.Load(parsed.GetRequiredValue(model), load.Read(parsed)),
            SimOptions.Batch(
                parsed.GetRequiredValue(backend), parsed.GetValue(threads), parsed.GetValue(lanes)),
            parsed.GetRequiredValue(states),
            parsed.GetRequiredValue(target)));
        return command;
    }

    /// <summary>Runs the verb.</summary>
    public static int Run(Model model, BatchOptions batch, string states, string target)
    {
        using StreamReader input = SimOptions.OpenText(states);
        TableResult result = SimOptions.WriteText(
            target, output => StepTable.Run(model, batch, input, states, output));
        Console.Error.WriteLine(
            $"{result.RowCount} rows, {result.UnconvergedCount} unconverged, in {target}");
        return ExitCode.Success;
    }
}
