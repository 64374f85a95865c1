using System.Runtime.CompilerServices;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Memory;

/// <summary>
/// Constants that all envs share, one element each, as dual numbers that no direction changes: the
/// tangents are 0. Read only: a write goes to the one element of lane 0.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
/// <typeparam name="TElement">What one lane holds.</typeparam>
internal readonly unsafe struct SharedDualMem<T, TElement>(TElement* elements) : IMem<Dual<T>>
    where T : unmanaged, ILanes<T, TElement>
    where TElement : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Dual<T> Get(int slot) => new(T.Splat(elements[slot]), T.Of(0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Dual<T> Get(int block, int slot) =>
        new(T.Splat((elements + block)[slot]), T.Of(0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int slot, Dual<T> value) => elements[slot] = *(TElement*)&value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int block, int slot, Dual<T> value) => Set(block + slot, value);
}
