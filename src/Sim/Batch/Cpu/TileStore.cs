using System.Numerics;
using System.Runtime.InteropServices;

namespace HilRig.Sim.Batch.Cpu;

/// <summary>
/// Rows of numbers, one row an env, in tiles: [tile, column, lane], environment fastest, so that a
/// column of a tile is one vector. Aligned to a cache line; lanes beyond the last env exist.
/// </summary>
/// <typeparam name="TElement">float or double.</typeparam>
internal sealed unsafe class TileStore<TElement> : IDisposable
    where TElement : unmanaged, INumberBase<TElement>
{
    private const nuint Alignment = 64;
    private readonly int _laneCount;
    private TElement* _elements;

    /// <summary>Reserves room, all 0.</summary>
    public TileStore(int envCount, int laneCount, int columnCount)
    {
        _laneCount = laneCount;
        TileCount = (envCount + laneCount - 1) / laneCount;
        ColumnCount = columnCount;
        nuint bytes = Math.Max((nuint)Bytes, Alignment);
        _elements = (TElement*)NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(_elements, bytes);
    }

    /// <summary>Number of tiles.</summary>
    public int TileCount { get; }

    /// <summary>Numbers of an env.</summary>
    public int ColumnCount { get; }

    /// <summary>Bytes in use.</summary>
    public long Bytes => (long)TileCount * ColumnCount * _laneCount * sizeof(TElement);

    /// <summary>First number of a tile. Shape [column, lane].</summary>
    public TElement* Tile(int tile)
    {
        ObjectDisposedException.ThrowIf(_elements is null, this);
        return _elements + ((nint)tile * ColumnCount * _laneCount);
    }

    /// <summary>One number.</summary>
    public ref TElement At(int env, int column) =>
        ref Tile(env / _laneCount)[(column * _laneCount) + (env % _laneCount)];

    /// <summary>Copies columns out. Shape [env, count].</summary>
    public void Read<TNumber>(int envCount, int column, int count, Span<TNumber> values)
        where TNumber : unmanaged, INumberBase<TNumber>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, envCount * count);
        for (int env = 0; env < envCount; env++)
        {
            TElement* from = Tile(env / _laneCount) + (column * _laneCount) + (env % _laneCount);
            Span<TNumber> row = values.Slice(env * count, count);
            for (int k = 0; k < row.Length; k++)
            {
                row[k] = TNumber.CreateTruncating(from[k * _laneCount]);
            }
        }
    }

    /// <summary>Copies columns in. Shape [env, count].</summary>
    public void Write<TNumber>(int envCount, int column, int count, ReadOnlySpan<TNumber> values)
        where TNumber : unmanaged, INumberBase<TNumber>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, envCount * count);
        for (int env = 0; env < envCount; env++)
        {
            TElement* to = Tile(env / _laneCount) + (column * _laneCount) + (env % _laneCount);
            ReadOnlySpan<TNumber> row = values.Slice(env * count, count);
            for (int k = 0; k < row.Length; k++)
            {
                to[k * _laneCount] = TElement.CreateTruncating(row[k]);
            }
        }
    }

    /// <summary>Gives the lanes beyond the last env the row of the first env.</summary>
    public void FillUnusedLanes(int envCount)
    {
        for (int env = envCount; env < TileCount * _laneCount; env++)
        {
            for (int column = 0; column < ColumnCount; column++)
            {
                At(env, column) = At(0, column);
            }
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_elements);
        _elements = null;
    }
}
