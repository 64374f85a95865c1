using System.Globalization;
using HilRig.Core.Errors;
using HilRig.Sim.Models;

namespace HilRig.Sim.Tables;

/// <summary>
/// A free run: from one state (qpos…, qvel…), one step for each row of controls (ctrl…). Out: time,
/// qpos…, qvel…, the first row being the start. SI units, 17 digits.
/// </summary>
public static class RolloutTable
{
    /// <summary>Runs the table.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="initial">One row to start from.</param>
    /// <param name="initialPlace">Name of that input in errors.</param>
    /// <param name="controls">Controls, one row a step.</param>
    /// <param name="controlsPlace">Name of that input in errors.</param>
    /// <param name="output">Receives the trajectory.</param>
    /// <exception cref="ModelException">
    /// A table does not fit the model, or the run blows up.
    /// </exception>
    public static TableResult Run(
        Model model,
        TextReader initial,
        string initialPlace,
        TextReader controls,
        string controlsPlace,
        TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(controls);
        ArgumentNullException.ThrowIfNull(output);
        int n = model.DofCount;
        string[] state = [.. NumberTable.Names("qpos", n), .. NumberTable.Names("qvel", n)];
        var simulation = new Simulation(model);
        Start(simulation, new NumberTable(initial, initialPlace, state));
        var table = new NumberTable(
            controls, controlsPlace, [.. NumberTable.Names("ctrl", model.Actuators.Count)]);

        output.WriteLine("time," + string.Join(",", state));
        double[] row = new double[model.Actuators.Count];
        var cells = new List<string>();
        int rows = 0;
        int unconverged = 0;
        WriteRow(simulation, rows++, cells, output);
        while (table.TryRead(row))
        {
            row.CopyTo(simulation.Control);
            StepStatus status = simulation.Step();
            if (status == StepStatus.NotFinite)
            {
                throw new ModelException("the step is not finite", table.Where);
            }

            unconverged += status == StepStatus.Unconverged ? 1 : 0;
            WriteRow(simulation, rows++, cells, output);
        }

        return new TableResult(rows, unconverged);
    }

    private static void Start(Simulation simulation, NumberTable table)
    {
        int n = simulation.Model.DofCount;
        double[] row = new double[2 * n];
        if (!table.TryRead(row))
        {
            throw new ModelException("there is no row to start from", table.Where, "one row");
        }

        row.AsSpan(0, n).CopyTo(simulation.Position);
        row.AsSpan(n).CopyTo(simulation.Velocity);
    }

    private static void WriteRow(
        Simulation simulation, int step, List<string> cells, TextWriter output)
    {
        cells.Clear();
        double time = step * simulation.TimeStep;
        cells.Add(time.ToString("G17", CultureInfo.InvariantCulture));
        NumberTable.Append(cells, simulation.Position);
        NumberTable.Append(cells, simulation.Velocity);
        output.WriteLine(string.Join(",", cells));
    }
}
