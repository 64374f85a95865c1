using HilRig.Sim.Batch;
using HilRig.Sim.Models;

namespace HilRig.Sim.Tables;

/// <summary>Fields of an env side by side in one row of a table, under MuJoCo's names.</summary>
internal sealed class TableRow
{
    private readonly (BatchField Field, double[] Values)[] _blocks;
    private readonly List<string> _cells = [];

    /// <summary>Puts fields side by side.</summary>
    public TableRow(Model model, params BatchField[] fields)
    {
        _blocks = [.. fields.Select(field => (field, new double[Count(model, field)]))];
        Names =
        [
            .. _blocks.SelectMany(block =>
                NumberTable.Names(Prefix(block.Field), block.Values.Length)),
        ];
    }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Gives a row to an env. Shape [column].</summary>
    public void Write(BatchSimulation batch, int env, ReadOnlySpan<double> row)
    {
        foreach ((BatchField field, double[] values) in _blocks)
        {
            batch.Write(field, env, row[..values.Length]);
            row = row[values.Length..];
        }
    }

    /// <summary>Writes a line of an env: numbers with 17 digits.</summary>
    public void Print(BatchSimulation batch, int env, TextWriter output, string first)
    {
        _cells.Clear();
        foreach ((BatchField field, double[] values) in _blocks)
        {
            batch.Read(field, env, values);
            NumberTable.Append(_cells, values);
        }

        output.WriteLine(first + string.Join(",", _cells));
    }

    private static int Count(Model model, BatchField field) => field switch
    {
        BatchField.Position => model.PositionCount,
        BatchField.Activation => model.ActivationCount,
        BatchField.Control => model.Actuators.Count,
        BatchField.Velocity or BatchField.Acceleration or BatchField.AppliedForce
            or BatchField.Warmstart => model.DofCount,
    };

    private static string Prefix(BatchField field) => field switch
    {
        BatchField.Position => "qpos",
        BatchField.Velocity => "qvel",
        BatchField.Activation => "act",
        BatchField.Control => "ctrl",
        BatchField.Acceleration => "qacc",
        BatchField.AppliedForce => "qfrc_applied",
        BatchField.Warmstart => "qacc_warmstart",
    };
}
