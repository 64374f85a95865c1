using System.Runtime.CompilerServices;

namespace HilRig.Sim.Memory;

/// <summary>Numbers and integers of one env or tile in pinned memory of this process.</summary>
/// <typeparam name="T">The number.</typeparam>
internal readonly unsafe struct PointerWorkMem<T>(T* numbers, int* indices) : IWorkMem<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Get(int slot) => numbers[slot];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Get(int block, int slot) => (numbers + block)[slot];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int slot, T value) => numbers[slot] = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int block, int slot, T value) => (numbers + block)[slot] = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GetIndex(int slot) => indices[slot];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetIndex(int slot, int value) => indices[slot] = value;
}
