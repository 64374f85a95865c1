using System.Numerics;

namespace HilRig.Sim.Batch.Cpu;

/// <summary>
/// The constants that are one number an env: those that were set, and all derived ones. The rest is
/// shared. A tile is stale when its derived constants wait to be computed.
/// </summary>
/// <typeparam name="TElement">float or double.</typeparam>
internal sealed unsafe class EnvConstants<TElement> : IDisposable
    where TElement : unmanaged, INumberBase<TElement>
{
    private readonly TileStore<TElement> _store;
    private readonly int[] _slots;
    private readonly int[] _columnOf;
    private readonly bool[] _stale;
    private readonly int _laneCount;

    /// <summary>Makes the constants of some slots one number an env.</summary>
    /// <param name="slots">The slots.</param>
    /// <param name="shared">Their values so far. Shape [constant].</param>
    /// <param name="envCount">Number of envs.</param>
    /// <param name="laneCount">Envs of a tile.</param>
    /// <param name="before">Where some of them were before, or null.</param>
    public EnvConstants(
        int[] slots,
        ReadOnlySpan<TElement> shared,
        int envCount,
        int laneCount,
        EnvConstants<TElement>? before)
    {
        _slots = slots;
        _laneCount = laneCount;
        _store = new TileStore<TElement>(envCount, laneCount, slots.Length);
        _columnOf = new int[shared.Length];
        _stale = new bool[_store.TileCount];
        Array.Fill(_columnOf, -1);
        Array.Fill(_stale, true);
        for (int column = 0; column < slots.Length; column++)
        {
            _columnOf[slots[column]] = column;
            for (int env = 0; env < _store.TileCount * laneCount; env++)
            {
                _store.At(env, column) = before is not null && before.Has(slots[column])
                    ? before.At(slots[column], env)
                    : shared[slots[column]];
            }
        }
    }

    /// <summary>Slots that are one number an env, by column.</summary>
    public IReadOnlyList<int> Slots => _slots;

    /// <summary>Bytes in use.</summary>
    public long Bytes => _store.Bytes;

    /// <summary>Whether a slot is one number an env.</summary>
    public bool Has(int slot) => _columnOf[slot] >= 0;

    /// <summary>The number of one env.</summary>
    public TElement At(int slot, int env) => _store.At(env, _columnOf[slot]);

    /// <summary>Sets the number of one env; what is derived from it becomes stale.</summary>
    public void Set(int slot, int env, double value)
    {
        _store.At(env, _columnOf[slot]) = TElement.CreateTruncating(value);
        _stale[env / _laneCount] = true;
    }

    /// <summary>Whether a tile was stale; it no longer is.</summary>
    public bool TakeStale(int tile)
    {
        bool stale = _stale[tile];
        _stale[tile] = false;
        return stale;
    }

    /// <summary>Numbers of a tile. Shape [column, lane].</summary>
    public TElement* Tile(int tile) => _store.Tile(tile);

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => _store.Dispose();
}
