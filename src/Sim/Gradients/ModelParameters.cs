using HilRig.Core.Errors;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Models;

namespace HilRig.Sim.Gradients;

/// <summary>Finds the parameters of a model.</summary>
public static class ModelParameters
{
    /// <summary>Every parameter of every field.</summary>
    /// <param name="model">The robot.</param>
    public static IReadOnlyList<ModelParameter> All(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. new ConstantFields(model, ModelPacker.Layout(model)).All.SelectMany(Of)];
    }

    /// <summary>Every parameter of some fields.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="fields">MuJoCo's names, such as <c>body_mass</c>, <c>geom_friction</c>.</param>
    /// <exception cref="ModelException">There is no field of a name.</exception>
    public static IReadOnlyList<ModelParameter> Of(Model model, params string[] fields)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(fields);
        var table = new ConstantFields(model, ModelPacker.Layout(model));
        return [.. fields.Select(table.Find).SelectMany(Of)];
    }

    /// <summary>The constant that holds each parameter.</summary>
    internal static int[] Slots(
        Model model, Layout layout, IReadOnlyList<ModelParameter> parameters)
    {
        var table = new ConstantFields(model, layout);
        return [.. parameters.Select(parameter => Slot(model, table, parameter))];
    }

    private static int Slot(Model model, ConstantFields table, ModelParameter parameter)
    {
        ConstantField field = table.Find(parameter.Field);
        if ((uint)parameter.Row >= (uint)field.Count
            || (uint)parameter.Column >= (uint)field.Width)
        {
            throw new ModelException(
                $"{field.Name} has no number at row {parameter.Row}, column {parameter.Column}",
                where: model.Path,
                expected: $"{field.Count} rows of {field.Width}",
                found: $"row {parameter.Row}, column {parameter.Column}",
                remedy: "count rows and columns from 0");
        }

        return field.Slot(parameter.Row, parameter.Column);
    }

    private static IEnumerable<ModelParameter> Of(ConstantField field)
    {
        for (int row = 0; row < field.Count; row++)
        {
            for (int column = 0; column < field.Width; column++)
            {
                yield return new(field.Name, row, column);
            }
        }
    }
}
