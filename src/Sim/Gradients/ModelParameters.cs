using HilRig.Core.Errors;
using HilRig.Sim.Batch;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Gradients;

/// <summary>Finds the parameters of a model.</summary>
public static class ModelParameters
{
    /// <summary>Every parameter of every field.</summary>
    /// <param name="model">The robot.</param>
    public static IReadOnlyList<ModelParameter> All(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. PhysicalFields.Of(model, ModelPacker.Layout(model)).SelectMany(Of)];
    }

    /// <summary>Every parameter of some fields.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="fields">MuJoCo's names, such as <c>body_mass</c>, <c>geom_friction</c>.</param>
    /// <exception cref="ModelException">There is no field of a name.</exception>
    public static IReadOnlyList<ModelParameter> Of(Model model, params string[] fields)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(fields);
        IReadOnlyList<PhysicalField> table =
            PhysicalFields.Of(model, ModelPacker.Layout(model));
        return [.. fields.Select(name => Find(model, table, name)).SelectMany(Of)];
    }

    /// <summary>Values that the model gives to parameters. Shape [parameter].</summary>
    /// <param name="model">The robot.</param>
    /// <param name="parameters">The parameters.</param>
    public static double[] Values(Model model, IReadOnlyList<ModelParameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(parameters);
        var memory = new EnvMemory<F64>(model);
        memory.Derive();
        int[] slots = Slots(model, memory.Layout, parameters);
        return [.. slots.Select(slot => memory.Number(memory.Constants, slot))];
    }

    /// <summary>The constant that holds each parameter.</summary>
    internal static int[] Slots(
        Model model, Layout layout, IReadOnlyList<ModelParameter> parameters)
    {
        IReadOnlyList<PhysicalField> table = PhysicalFields.Of(model, layout);
        return [.. parameters.Select(parameter => Slot(model, table, parameter))];
    }

    private static int Slot(
        Model model, IReadOnlyList<PhysicalField> table, ModelParameter parameter)
    {
        PhysicalField field = Find(model, table, parameter.Field);
        if ((uint)parameter.Row >= (uint)field.RowNames.Count
            || (uint)parameter.Column >= (uint)field.ColumnCount)
        {
            throw new ModelException(
                $"{field.Name} has no number at row {parameter.Row}, column {parameter.Column}",
                where: model.Path,
                expected: $"{field.RowNames.Count} rows of {field.ColumnCount}",
                found: $"row {parameter.Row}, column {parameter.Column}",
                remedy: "count rows and columns from 0");
        }

        return field.Slot(parameter.Row, parameter.Column);
    }

    private static PhysicalField Find(
        Model model, IReadOnlyList<PhysicalField> table, string name) =>
        table.FirstOrDefault(field => field.Name == name)
        ?? throw new ModelException(
            $"no field is called '{name}'",
            where: model.Path,
            expected: string.Join(", ", table.Select(field => field.Name)),
            found: name,
            remedy: "use one of the names listed");

    private static IEnumerable<ModelParameter> Of(PhysicalField field)
    {
        for (int row = 0; row < field.RowNames.Count; row++)
        {
            for (int column = 0; column < field.ColumnCount; column++)
            {
                yield return new(field.Name, row, column);
            }
        }
    }
}
