namespace HilRig.Harness.Faults.RealTime;

/// <summary>What several channels of numbers were a while ago. Allocates nothing.</summary>
internal sealed class ValueHistory
{
    private readonly long[] _instants;
    private readonly double[][] _rows;
    private int _newest = -1;
    private int _count;

    /// <summary>Makes an empty history.</summary>
    /// <param name="depth">Rows it keeps; at least 1.</param>
    /// <param name="width">Numbers in a row.</param>
    internal ValueHistory(int depth, int width)
    {
        _instants = new long[depth];
        _rows = new double[depth][];
        for (int i = 0; i < depth; i++)
        {
            _rows[i] = new double[width];
        }
    }

    /// <summary>Takes a row to be filled for an instant, later than those before.</summary>
    internal Span<double> Begin(long instant)
    {
        _newest = (_newest + 1) % _rows.Length;
        _count = Math.Min(_count + 1, _rows.Length);
        _instants[_newest] = instant;
        return _rows[_newest];
    }

    /// <summary>The newest row that is no younger than an instant; else the oldest.</summary>
    internal ReadOnlySpan<double> At(long instant)
    {
        int index = _newest;
        for (int i = 1; i < _count && _instants[index] > instant; i++)
        {
            index = (index + _rows.Length - 1) % _rows.Length;
        }

        return _rows[index];
    }
}
