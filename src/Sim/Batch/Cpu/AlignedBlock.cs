using System.Runtime.InteropServices;

namespace HilRig.Sim.Batch.Cpu;

/// <summary>Numbers on a cache line's boundary that never move; at first 0.</summary>
/// <typeparam name="T">The number.</typeparam>
internal sealed unsafe class AlignedBlock<T> : IDisposable
    where T : unmanaged
{
    private const nuint Alignment = 64;

    /// <summary>Reserves room.</summary>
    public AlignedBlock(int count)
    {
        Count = count;
        nuint bytes = Math.Max((nuint)Bytes, Alignment);
        First = (T*)NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(First, bytes);
    }

    /// <summary>Where it begins.</summary>
    public T* First { get; private set; }

    /// <summary>Number of numbers.</summary>
    public int Count { get; }

    /// <summary>Bytes in use.</summary>
    public long Bytes => (long)Count * sizeof(T);

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        NativeMemory.AlignedFree(First);
        First = null;
    }
}
