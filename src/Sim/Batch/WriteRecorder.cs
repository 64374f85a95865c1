using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Batch;

/// <summary>Constants that remember which of them were written.</summary>
internal readonly unsafe struct WriteRecorder(double* numbers, bool* written) : IMem<F64>
{
    public F64 Get(int slot) => F64.Splat(numbers[slot]);

    public F64 Get(int block, int slot) => Get(block + slot);

    public void Set(int slot, F64 value)
    {
        written[slot] = true;
        numbers[slot] = *(double*)&value;
    }

    public void Set(int block, int slot, F64 value) => Set(block + slot, value);
}
