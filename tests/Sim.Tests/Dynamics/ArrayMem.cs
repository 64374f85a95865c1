using HilRig.Sim.Memory;

namespace HilRig.Sim.Tests.Dynamics;

/// <summary>Numbers in an array, each slot a stride away from the next, as on a device.</summary>
internal readonly struct ArrayMem(TwoLanes[] numbers, int[] indices, int stride, int offset)
    : IWorkMem<TwoLanes>
{
    public int GetIndex(int slot) => indices[slot];

    public void SetIndex(int slot, int value) => indices[slot] = value;

    public TwoLanes Get(int slot) => numbers[(slot * stride) + offset];

    public TwoLanes Get(int block, int slot) => Get(block + slot);

    public void Set(int slot, TwoLanes value) => numbers[(slot * stride) + offset] = value;

    public void Set(int block, int slot, TwoLanes value) => Set(block + slot, value);
}

/// <summary>One model for all lanes; nothing may write to it.</summary>
internal readonly struct SharedMem(double[] numbers) : IMem<TwoLanes>
{
    public TwoLanes Get(int slot) => TwoLanes.Of(numbers[slot]);

    public TwoLanes Get(int block, int slot) => Get(block + slot);

    public void Set(int slot, TwoLanes value) =>
        throw new InvalidOperationException("model constants are read only");

    public void Set(int block, int slot, TwoLanes value) => Set(block + slot, value);
}

/// <summary>Integers in an array.</summary>
internal readonly struct ArrayIndexMem(int[] numbers, float[] assets) : IIndexMem
{
    public int Get(int slot) => numbers[slot];

    public int Get(int block, int slot) => numbers[block + slot];

    public float GetAsset(int slot) => assets[slot];
}
