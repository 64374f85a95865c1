using System.Runtime.CompilerServices;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Memory;

/// <summary>
/// Constants that all envs share, one element each, in pinned memory of this process; a read puts
/// the element in every lane. Read only: a write goes to the one element of lane 0.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
/// <typeparam name="TElement">What one lane holds.</typeparam>
internal readonly unsafe struct SplatMem<T, TElement>(TElement* elements) : IMem<T>
    where T : unmanaged, ILanes<T, TElement>
    where TElement : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Get(int slot) => T.Splat(elements[slot]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Get(int block, int slot) => T.Splat((elements + block)[slot]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int slot, T value) => elements[slot] = *(TElement*)&value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int block, int slot, T value) => Set(block + slot, value);
}
