namespace HilRig.Core.RealTime;

/// <summary>
/// Hands the newest value from one writing thread to one reading thread. Neither ever waits: a
/// value the reader did not take is overwritten. Three preallocated items; allocates nothing.
/// </summary>
/// <remarks>
/// Triple buffer: writer and reader each hold one item, the third lies between them and is swapped
/// by one atomic exchange. Bit 2 of the shared word says that the item between is unread.
/// </remarks>
/// <typeparam name="T">A preallocated, reusable object.</typeparam>
public sealed class LatestSlot<T>
    where T : class
{
    private const int IndexMask = 3;
    private const int UnreadBit = 4;

    private readonly T _first;
    private readonly T _second;
    private readonly T _third;
    private int _back;
    private int _between = 1;
    private int _front = 2;

    /// <summary>Makes a slot with three items.</summary>
    /// <param name="create">Makes one item; called three times.</param>
    public LatestSlot(Func<T> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _first = create();
        _second = create();
        _third = create();
    }

    /// <summary>The item to fill before <see cref="Publish"/>; the writing thread's own.</summary>
    public T Writable => At(_back);

    /// <summary>Whether a value waits that was not taken yet.</summary>
    public bool HasUnread => (Volatile.Read(ref _between) & UnreadBit) != 0;

    /// <summary>
    /// Makes the content of <see cref="Writable"/> the newest value. Writing thread only.
    /// </summary>
    /// <returns>True when it overwrote a value that was never taken.</returns>
    public bool Publish()
    {
        int previous = Interlocked.Exchange(ref _between, _back | UnreadBit);
        _back = previous & IndexMask;
        return (previous & UnreadBit) != 0;
    }

    /// <summary>Takes the newest value. Reading thread only.</summary>
    /// <param name="item">The value, the reader's own until its next successful take.</param>
    /// <returns>False when nothing new came since the last take.</returns>
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? item)
    {
        if (!HasUnread)
        {
            item = null;
            return false;
        }

        _front = Interlocked.Exchange(ref _between, _front) & IndexMask;
        item = At(_front);
        return true;
    }

    private T At(int index) => index == 0 ? _first : index == 1 ? _second : _third;
}
