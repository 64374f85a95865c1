using System.Runtime.CompilerServices;

namespace HilRig.Sim.Memory;

/// <summary>Integers in pinned memory of this process.</summary>
internal readonly unsafe struct PointerIndexMem(int* numbers) : IIndexMem
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Get(int slot) => numbers[slot];
}
