using HilRig.Core.Errors;
using HilRig.Sim.Batch;
using HilRig.Sim.Models;

namespace HilRig.Sim.Tables;

/// <summary>
/// One step for each row of a table. In: qpos…, qvel…, act…, ctrl…; out: qacc…, qpos…, qvel…, act…
/// after the step; MuJoCo's order, header qpos0…, 17 digits, rows in order, each from a cold start.
/// SI units.
/// </summary>
public static class StepTable
{
    private const int EnvMax = 256;

    /// <summary>Runs the table.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="options">What computes; the fault policy is of no account.</param>
    /// <param name="states">The rows to read.</param>
    /// <param name="place">Name of the input in errors.</param>
    /// <param name="output">Receives the result.</param>
    /// <exception cref="ModelException">
    /// The table does not fit the model, a row blows up, or the machine lacks the back end.
    /// </exception>
    public static TableResult Run(
        Model model, BatchOptions options, TextReader states, string place, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(output);
        var input = new TableRow(
            model, BatchField.Position, BatchField.Velocity, BatchField.Activation,
            BatchField.Control);
        var result = new TableRow(
            model, BatchField.Acceleration, BatchField.Position, BatchField.Velocity,
            BatchField.Activation);
        var table = new NumberTable(states, place, input.Names);
        output.WriteLine(string.Join(",", result.Names));
        using var batch = new BatchSimulation(
            model, EnvMax, options with { OnFault = FaultPolicy.Continue });
        double[] row = new double[input.Names.Count];
        string[] places = new string[EnvMax];
        int rows = 0;
        int unconverged = 0;
        int filled;
        do
        {
            batch.Reset();
            for (filled = 0; filled < EnvMax && table.TryRead(row); filled++)
            {
                input.Write(batch, filled, row);
                places[filled] = table.Where;
            }

            batch.Step();
            for (int env = 0; env < filled; env++)
            {
                unconverged += Check(batch.Status[env], places[env]);
                result.Print(batch, env, output, "");
            }

            rows += filled;
        }
        while (filled == EnvMax);

        return new TableResult(rows, unconverged);
    }

    /// <summary>Refuses what is not to be used; counts what did not converge.</summary>
    internal static int Check(EnvStatus status, string place)
    {
        if (status.HasFlag(EnvStatus.NotFinite))
        {
            throw new ModelException("the step is not finite", place);
        }

        if (status.HasFlag(EnvStatus.ContactOverflow))
        {
            throw new ModelException(
                "a contact did not fit",
                place,
                remedy: "pass --contacts N (MjcfOptions.ContactMax), above 128");
        }

        return status.HasFlag(EnvStatus.Unconverged) ? 1 : 0;
    }
}
