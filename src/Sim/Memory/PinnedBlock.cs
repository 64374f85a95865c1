using System.Runtime.CompilerServices;

namespace HilRig.Sim.Memory;

/// <summary>
/// Numbers that do not move and begin on a cache line; freed with this object by the collector.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
internal sealed unsafe class PinnedBlock<T>
    where T : unmanaged
{
    private const int Alignment = 64;

    private readonly byte[] _bytes;

    /// <summary>Makes a block of zeros.</summary>
    /// <param name="count">How many numbers.</param>
    public PinnedBlock(int count)
    {
        Count = count;
        _bytes = GC.AllocateArray<byte>((count * sizeof(T)) + Alignment, pinned: true);
        nint start = (nint)Unsafe.AsPointer(ref _bytes[0]);
        Pointer = (T*)((start + Alignment - 1) & ~(nint)(Alignment - 1));
    }

    /// <summary>How many numbers.</summary>
    public int Count { get; }

    /// <summary>The first number; valid while this object is reachable.</summary>
    public T* Pointer { get; }

    /// <summary>The numbers.</summary>
    public Span<T> Span => new(Pointer, Count);
}
