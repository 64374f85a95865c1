namespace HilRig.Bridge.Security.Gate;

/// <summary>
/// The newest few states on their way to one reader: when it is full, the oldest goes. One thread
/// puts, one takes.
/// </summary>
internal sealed class StateQueue
{
    /// <summary>
    /// States held. A dropped state is a tick without an answer, so it takes a few late wake-ups.
    /// </summary>
    public const int Capacity = 8;

    private readonly object _lock = new();
    private readonly byte[][] _states = new byte[Capacity][];
    private readonly int[] _lengths = new int[Capacity];
    private int _first;
    private int _count;
    private bool _closed;

    /// <summary>Makes an empty queue.</summary>
    public StateQueue()
    {
        Array.Fill(_states, []);
    }

    /// <summary>Puts a state.</summary>
    /// <param name="state">Its bytes; copied.</param>
    /// <returns>Whether an older one had to go.</returns>
    public bool Put(ReadOnlySpan<byte> state)
    {
        lock (_lock)
        {
            bool full = _count == Capacity;
            int slot = (_first + _count) % Capacity;
            if (full)
            {
                slot = _first;
                _first = (_first + 1) % Capacity;
            }
            else
            {
                _count++;
            }

            if (_states[slot].Length < state.Length)
            {
                _states[slot] = new byte[state.Length];
            }

            state.CopyTo(_states[slot]);
            _lengths[slot] = state.Length;
            Monitor.Pulse(_lock);
            return full;
        }
    }

    /// <summary>Takes the oldest state, waiting for one.</summary>
    /// <param name="buffer">Receives it; grows as needed.</param>
    /// <returns>Its length, or -1 once the queue is closed.</returns>
    public int Take(ref byte[] buffer)
    {
        lock (_lock)
        {
            while (_count == 0 && !_closed)
            {
                Monitor.Wait(_lock);
            }

            if (_closed)
            {
                return -1;
            }

            int length = _lengths[_first];
            if (buffer.Length < length)
            {
                buffer = new byte[length];
            }

            _states[_first].AsSpan(0, length).CopyTo(buffer);
            _first = (_first + 1) % Capacity;
            _count--;
            return length;
        }
    }

    /// <summary>Ends the wait of the taker, for ever.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            Monitor.Pulse(_lock);
        }
    }
}
