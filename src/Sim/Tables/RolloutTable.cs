using System.Globalization;
using HilRig.Core.Errors;
using HilRig.Sim.Batch;
using HilRig.Sim.Models;

namespace HilRig.Sim.Tables;

/// <summary>
/// A free run: from one state (qpos…, qvel…, act…), one step for each row of controls (ctrl…). Out:
/// time, qpos…, qvel…, act…, the first row being the start. SI units, 17 digits.
/// </summary>
public static class RolloutTable
{
    /// <summary>Runs the table.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="options">What computes; the fault policy is of no account.</param>
    /// <param name="envCount">
    /// Number of envs that run side by side; each must give the same bits, or it is an error.
    /// </param>
    /// <param name="start">One row to start from.</param>
    /// <param name="controls">Controls, one row a step; null for controls of 0.</param>
    /// <param name="stepCount">Steps to take where there are no controls.</param>
    /// <param name="output">Receives the trajectory.</param>
    /// <exception cref="ModelException">
    /// A table does not fit the model, the run blows up, envs differ, or the machine lacks the back
    /// end.
    /// </exception>
    public static TableResult Run(
        Model model,
        BatchOptions options,
        int envCount,
        TableInput start,
        TableInput? controls,
        int stepCount,
        TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(output);
        var state = new TableRow(
            model, BatchField.Position, BatchField.Velocity, BatchField.Activation);
        using var batch = new BatchSimulation(
            model, envCount, options with { OnFault = FaultPolicy.Continue });
        Start(batch, state, new NumberTable(start.Reader, start.Place, state.Names));
        var input = new TableRow(model, BatchField.Control);
        NumberTable? table = controls is { } given
            ? new NumberTable(given.Reader, given.Place, input.Names)
            : null;
        output.WriteLine("time," + string.Join(",", state.Names));
        double[] row = new double[input.Names.Count];
        double[] all = new double[envCount * row.Length];
        int rows = 0;
        int unconverged = 0;
        Print();
        while (table is null ? rows <= stepCount : table.TryRead(row))
        {
            for (int env = 0; env < envCount; env++)
            {
                row.CopyTo(all, env * row.Length);
            }

            batch.Write(BatchField.Control, all);
            _ = batch.Step();
            unconverged += StepTable.Check(batch.Status[0], table?.Where ?? $"step {rows}");
            Print();
        }

        RequireSameBits(batch, controls?.Place ?? model.Path);
        return new TableResult(rows, unconverged);

        void Print()
        {
            double time = rows++ * model.Options.TimeStep;
            string first = time.ToString("G17", CultureInfo.InvariantCulture) + ",";
            state.Print(batch, 0, output, first);
        }
    }

    private static void Start(BatchSimulation batch, TableRow state, NumberTable table)
    {
        double[] row = new double[state.Names.Count];
        if (!table.TryRead(row))
        {
            throw new ModelException("there is no row to start from", table.Where, "one row");
        }

        for (int env = 0; env < batch.EnvCount; env++)
        {
            state.Write(batch, env, row);
        }
    }

    private static void RequireSameBits(BatchSimulation batch, string place)
    {
        int width = batch.Width(BatchField.Velocity);
        double[] velocity = new double[batch.EnvCount * width];
        batch.Read(BatchField.Velocity, velocity);
        for (int env = 1; env < batch.EnvCount; env++)
        {
            if (!velocity.AsSpan(env * width, width).SequenceEqual(velocity.AsSpan(0, width)))
            {
                throw new ModelException(
                    "envs with the same start and controls have come apart",
                    place,
                    "the same bits in every env",
                    $"env {env} differs from env 0",
                    "this is a fault of HilRig: please report it");
            }
        }
    }
}
