using HilRig.Devices.PacketClocked.Wire;

namespace HilRig.Devices.PacketClocked.RealTime;

/// <summary>
/// The states a host has received and its loop has not read, oldest first. For one thread.
/// </summary>
internal sealed class StateQueue
{
    // A host that slept for longer has lost the motion anyway.
    private const int Capacity = 64;
    private readonly StatePacket[] _packets = new StatePacket[Capacity];
    private readonly long[] _arrivals = new long[Capacity];
    private int _first;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="dofCount">Number of joints.</param>
    public StateQueue(int dofCount)
    {
        for (int i = 0; i < Capacity; i++)
        {
            _packets[i] = new StatePacket(dofCount);
        }
    }

    /// <summary>Number of unread states.</summary>
    public int Count { get; private set; }

    /// <summary>States that were overwritten unread.</summary>
    public long OverwrittenCount { get; private set; }

    /// <summary>Where the next state is to be decoded; <see cref="Push"/> keeps it.</summary>
    public StatePacket Free => _packets[(_first + Count) % Capacity];

    /// <summary>Keeps what is in <see cref="Free"/>.</summary>
    /// <param name="arrivalNanoseconds">When it arrived.</param>
    public void Push(long arrivalNanoseconds)
    {
        _arrivals[(_first + Count) % Capacity] = arrivalNanoseconds;

        // One place always stays free to decode into.
        if (Count == Capacity - 1)
        {
            _first = (_first + 1) % Capacity;
            OverwrittenCount++;
        }
        else
        {
            Count++;
        }
    }

    /// <summary>Takes the oldest state; it is good until the next <see cref="Push"/>.</summary>
    /// <param name="arrivalNanoseconds">When it arrived.</param>
    public StatePacket Pop(out long arrivalNanoseconds)
    {
        StatePacket packet = _packets[_first];
        arrivalNanoseconds = _arrivals[_first];
        _first = (_first + 1) % Capacity;
        Count--;
        return packet;
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;
}
