using System.Diagnostics.CodeAnalysis;

namespace HilRig.Core.RealTime;

/// <summary>
/// Bounded first-in-first-out queue from one writing thread to one reading thread. Items are
/// preallocated and filled in place; nobody waits, nothing is allocated. When it is full the writer
/// is told so and decides.
/// </summary>
/// <typeparam name="T">A preallocated, reusable object.</typeparam>
public sealed class SpscRing<T>
    where T : class
{
    private readonly T[] _items;
    private readonly long _mask;
    private RingCursors _cursors;

    /// <summary>Makes a ring.</summary>
    /// <param name="capacity">Least number of items; rounded up to a power of two.</param>
    /// <param name="create">Makes one item.</param>
    public SpscRing(int capacity, Func<T> create)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1 << 30);
        ArgumentNullException.ThrowIfNull(create);
        _items = new T[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity)];
        _mask = _items.Length - 1;
        for (int i = 0; i < _items.Length; i++)
        {
            _items[i] = create();
        }
    }

    /// <summary>Number of items it can hold.</summary>
    public int Capacity => _items.Length;

    /// <summary>Number of unread items; a snapshot when another thread is at work.</summary>
    public int Count
    {
        get
        {
            // Read first: the ring may grow between the two loads, but the difference stays ≥ 0.
            long read = Volatile.Read(ref _cursors.Read);
            long count = Volatile.Read(ref _cursors.Written) - read;
            return (int)Math.Min(count, _items.Length);
        }
    }

    /// <summary>Gives the writer the next free item to fill. Writing thread only.</summary>
    /// <param name="item">
    /// The item; not visible to the reader before <see cref="CommitWrite"/>.
    /// </param>
    /// <returns>False when the ring is full.</returns>
    public bool TryBeginWrite([NotNullWhen(true)] out T? item)
    {
        long written = _cursors.Written;
        if (written - _cursors.ReadSeenByWriter == _items.Length)
        {
            _cursors.ReadSeenByWriter = Volatile.Read(ref _cursors.Read);
            if (written - _cursors.ReadSeenByWriter == _items.Length)
            {
                item = null;
                return false;
            }
        }

        item = _items[written & _mask];
        return true;
    }

    /// <summary>
    /// Hands the item of the last successful <see cref="TryBeginWrite"/> to the reader.
    /// </summary>
    public void CommitWrite() => Volatile.Write(ref _cursors.Written, _cursors.Written + 1);

    /// <summary>Gives the reader the oldest unread item. Reading thread only.</summary>
    /// <param name="item">The item, the reader's until <see cref="CommitRead"/>.</param>
    /// <returns>False when the ring is empty.</returns>
    public bool TryBeginRead([NotNullWhen(true)] out T? item)
    {
        long read = _cursors.Read;
        if (read == _cursors.WrittenSeenByReader)
        {
            _cursors.WrittenSeenByReader = Volatile.Read(ref _cursors.Written);
            if (read == _cursors.WrittenSeenByReader)
            {
                item = null;
                return false;
            }
        }

        item = _items[read & _mask];
        return true;
    }

    /// <summary>
    /// Gives the item of the last successful <see cref="TryBeginRead"/> back to the writer.
    /// </summary>
    public void CommitRead() => Volatile.Write(ref _cursors.Read, _cursors.Read + 1);
}
