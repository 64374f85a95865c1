using HilRig.Sim.Dynamics;

namespace HilRig.Sim.Batch;

/// <summary>
/// Which numbers of an env stay between steps, and where in its row they lie: state, inputs, and
/// the results that are asked for. All others are workspace, one for each thread.
/// </summary>
internal sealed class ResidentSlots
{
    private readonly List<(int First, int Count)> _pieces = [];
    private readonly int[] _rowOf;

    /// <summary>Collects the slots of a layout.</summary>
    public ResidentSlots(Layout layout)
    {
        Add(layout.Position, layout.PositionCount);
        Add(layout.Velocity, layout.DofCount);
        Add(layout.Activation, layout.ActivationCount);
        Add(layout.Warmstart, layout.DofCount);
        StateCount = Count;
        Add(layout.Control, layout.ActuatorCount);
        Add(layout.Applied, layout.DofCount);
        InputCount = Count - StateCount;
        Add(layout.Acceleration, layout.DofCount);
        _rowOf = new int[layout.WorkCount];
        Array.Fill(_rowOf, -1);
        int row = 0;
        foreach ((int first, int count) in _pieces)
        {
            for (int k = 0; k < count; k++)
            {
                _rowOf[first + k] = row++;
            }
        }
    }

    /// <summary>Slot that begins the row.</summary>
    public int First => _pieces[0].First;

    /// <summary>Runs of neighbouring slots, in the order of the row.</summary>
    public IReadOnlyList<(int First, int Count)> Pieces => _pieces;

    /// <summary>Numbers of an env that make its state; they come first.</summary>
    public int StateCount { get; }

    /// <summary>Numbers of an env that drive it; they come after the state.</summary>
    public int InputCount { get; }

    /// <summary>Numbers of an env in all.</summary>
    public int Count { get; private set; }

    /// <summary>Place of a slot in the row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The slot does not stay.</exception>
    public int RowOf(int slot)
    {
        int row = _rowOf[slot];
        ArgumentOutOfRangeException.ThrowIfNegative(row, nameof(slot));
        return row;
    }

    private void Add(int first, int count)
    {
        if (count > 0)
        {
            _pieces.Add((first, count));
            Count += count;
        }
    }
}
