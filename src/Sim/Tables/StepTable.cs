using HilRig.Core.Errors;
using HilRig.Sim.Models;

namespace HilRig.Sim.Tables;

/// <summary>
/// One step for each row of a table. In: qpos…, qvel…, ctrl…; out: qacc…, qpos…, qvel… after the
/// step; MuJoCo's order, header qpos0…, 17 digits, rows in order, each from a cold start. SI units.
/// </summary>
public static class StepTable
{
    /// <summary>Runs the table.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="states">The rows to read.</param>
    /// <param name="place">Name of the input in errors.</param>
    /// <param name="output">Receives the result.</param>
    /// <exception cref="ModelException">
    /// The table does not fit the model, or a row blows up.
    /// </exception>
    public static TableResult Run(
        Model model, TextReader states, string place, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(output);
        int n = model.DofCount;
        int controls = model.Actuators.Count;
        var table = new NumberTable(
            states,
            place,
            [
                .. NumberTable.Names("qpos", n), .. NumberTable.Names("qvel", n),
                .. NumberTable.Names("ctrl", controls),
            ]);
        output.WriteLine(string.Join(
            ",",
            NumberTable.Names("qacc", n)
                .Concat(NumberTable.Names("qpos", n))
                .Concat(NumberTable.Names("qvel", n))));
        var simulation = new Simulation(model);
        double[] row = new double[(2 * n) + controls];
        var cells = new List<string>();
        int rows = 0;
        int unconverged = 0;
        while (table.TryRead(row))
        {
            row.AsSpan(0, n).CopyTo(simulation.Position);
            row.AsSpan(n, n).CopyTo(simulation.Velocity);
            row.AsSpan(2 * n).CopyTo(simulation.Control);
            StepStatus status = simulation.Step();
            if (status == StepStatus.NotFinite)
            {
                throw new ModelException("the step is not finite", table.Where);
            }

            cells.Clear();
            NumberTable.Append(cells, simulation.Acceleration);
            NumberTable.Append(cells, simulation.Position);
            NumberTable.Append(cells, simulation.Velocity);
            output.WriteLine(string.Join(",", cells));
            unconverged += status == StepStatus.Unconverged ? 1 : 0;
            rows++;
        }

        return new TableResult(rows, unconverged);
    }
}
