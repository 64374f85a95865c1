using System.Runtime.CompilerServices;

namespace HilRig.Sim.Memory;

/// <summary>Integers and assets in pinned memory of this process.</summary>
internal readonly unsafe struct PointerIndexMem(int* numbers, float* assets) : IIndexMem
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Get(int slot) => numbers[slot];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Get(int block, int slot) => (numbers + block)[slot];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float GetAsset(int slot) => assets[slot];
}
