using System.Runtime.CompilerServices;

namespace HilRig.Sim.Memory;

/// <summary>Numbers in pinned memory of this process.</summary>
/// <typeparam name="T">The number.</typeparam>
internal readonly unsafe struct PointerMem<T>(T* numbers) : IMem<T>
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
}
