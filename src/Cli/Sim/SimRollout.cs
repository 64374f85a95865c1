using System.CommandLine;
using HilRig.Cli.Bench;
using HilRig.Cli.Errors;
using HilRig.Sim.Batch;
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
        Option<string> backend = SimOptions.Backend("double");
        Option<int> threads = SimOptions.Threads();
        Option<int> lanes = SimOptions.Lanes();
        Option<string> initial = SimOptions.File("--init", "CSV of one row: qpos0…,qvel0…,act0….");
        var controls = new Option<string?>("--controls")
        {
            Description = "CSV, one row a step: ctrl0…; without it all controls are 0.",
        };
        Option<int> steps = BenchOptions.Ranged(
            "--steps", "Steps, where there is no --controls", 1, 1, 1 << 30);
        Option<string> target = SimOptions.File("--out", "CSV to write: time,qpos0…,qvel0…,act0….");
        Option<int> envs = BenchOptions.Ranged(
            "--envs", "Envs side by side; all must give the same bits", 1, 1, 1 << 20);
        var command = new Command("rollout", "A free run from one state under given controls.")
        {
            model,
            backend,
            threads,
            lanes,
            initial,
            controls,
            steps,
            target,
            envs,
        };
        var load = new LoadOptions(command);
        command.SetAction(parsed => Run(
            SimOptions.Load(parsed.GetRequiredValue(model), load.Read(parsed)),
            SimOptions.Batch(
                parsed.GetRequiredValue(backend), parsed.GetValue(threads), parsed.GetValue(lanes)),
            parsed.GetValue(envs),
            parsed.GetRequiredValue(initial),
            parsed.GetValue(controls),
            parsed.GetValue(steps),
            parsed.GetRequiredValue(target)));
        return command;
    }

    private static int Run(
        Model model,
        BatchOptions batch,
        int envs,
        string initial,
        string? controls,
        int steps,
        string target)
    {
        using StreamReader start = SimOptions.OpenText(initial);
        using StreamReader? rows = controls is null ? null : SimOptions.OpenText(controls);
        TableResult result = SimOptions.WriteText(
            target,
            output => RolloutTable.Run(
                model,
                batch,
                envs,
                new TableInput(start, initial),
                rows is null ? null : new TableInput(rows, controls!),
                steps,
                output));
        Console.Error.WriteLine(
            $"{result.RowCount} rows, {result.UnconvergedCount} unconverged, in {target}");
        return ExitCode.Success;
    }
}
