using HilRig.Core.Errors;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Models;

namespace HilRig.Sim.Batch;

/// <summary>
/// Physical parameters of a batch under MuJoCo's names, e.g. "geom_friction". A parameter that was
/// never set is shared by all envs; once set it is one number an env. What is derived from it
/// (inverse weights, softness of constraints) is computed anew before the next step. SI units.
/// </summary>
public sealed class BatchParameters
{
    private readonly IReadOnlyList<PhysicalField> _fields;
    private readonly IBatchBackend _backend;
    private readonly SortedSet<int> _slots = [];

    internal BatchParameters(Model model, Layout layout, IBatchBackend backend)
    {
        _fields = PhysicalFields.Of(model, layout);
        _backend = backend;
    }

    /// <summary>Names of the parameters of this model.</summary>
    public IReadOnlyList<string> Names => [.. _fields.Select(known => known.Name)];

    /// <summary>Constants that were set, in order.</summary>
    internal IReadOnlyCollection<int> Slots => _slots;

    /// <summary>Rows (bodies, dofs, actuators, …) and columns of a parameter.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ModelException">There is no such parameter.</exception>
    public (int Rows, int Columns) ShapeOf(string name)
    {
        PhysicalField field = Find(name);
        return (field.RowNames.Count, field.ColumnCount);
    }

    /// <summary>Reads one number of a parameter in all envs. Shape [env].</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="row">Body, dof, actuator, …</param>
    /// <param name="column">Which of its numbers.</param>
    /// <param name="values">Receives the numbers.</param>
    /// <exception cref="ModelException">There is no such parameter.</exception>
    public void Read(string name, int row, int column, Span<double> values) =>
        _backend.ReadConstant(Find(name).Slot(row, column), values);

    /// <summary>Sets one number of a parameter in all envs. Shape [env].</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="row">Body, dof, actuator, …</param>
    /// <param name="column">Which of its numbers.</param>
    /// <param name="values">The numbers.</param>
    /// <exception cref="ModelException">
    /// There is no such parameter, or a number cannot be one.
    /// </exception>
    public void Write(string name, int row, int column, ReadOnlySpan<double> values)
    {
        PhysicalField field = Find(name);
        field.CheckRow(row);
        foreach (double value in values)
        {
            field.Check(value);
        }

        int slot = field.Slot(row, column);
        _slots.Add(slot);
        _backend.WriteConstant(slot, values);
    }

    /// <summary>Row of a parameter that a body, joint, actuator or geom names.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="row">Name of the row.</param>
    /// <exception cref="ModelException">There is no such parameter or row.</exception>
    public int RowOf(string name, string row) => Find(name).RowOf(row);

    internal void Write(PhysicalField field, int row, int column, int env, double value)
    {
        field.Check(value);
        int slot = field.Slot(row, column);
        _slots.Add(slot);
        _backend.WriteConstant(slot, env, value);
    }

    internal void Restore(int slot, double[] values)
    {
        _slots.Add(slot);
        _backend.WriteConstant(slot, values);
    }

    internal void Forget() => _slots.Clear();

    internal PhysicalField Find(string name) =>
        _fields.FirstOrDefault(field => field.Name == name)
        ?? throw new ModelException(
            "there is no such parameter", "parameter", string.Join(", ", Names), name);
}
