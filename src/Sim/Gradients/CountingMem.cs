using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Gradients;

/// <summary>Memory that counts reads and writes; at each write the phase is booked.</summary>
internal readonly unsafe struct CountingMem(Counted* numbers, int* indices) : IWorkMem<Counted>
{
    public Counted Get(int slot)
    {
        OperationTally.Current.Pending.Loads++;
        return numbers[slot];
    }

    public Counted Get(int block, int slot) => Get(block + slot);

    public void Set(int slot, Counted value)
    {
        OperationTally.Current.Pending.Stores++;
        OperationTally.Current.Settle();
        numbers[slot] = value;
    }

    public void Set(int block, int slot, Counted value) => Set(block + slot, value);

    public int GetIndex(int slot) => indices[slot];

    public void SetIndex(int slot, int value) => indices[slot] = value;
}
