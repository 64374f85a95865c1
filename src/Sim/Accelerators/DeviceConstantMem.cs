using HilRig.Sim.Memory;
using ILGPU;

namespace HilRig.Sim.Accelerators;

/// <summary>Model constants in device memory: one set for all envs, or one an env.</summary>
/// <typeparam name="T">The number.</typeparam>
internal readonly struct DeviceConstantMem<T>(ArrayView<T> numbers, int stride) : IMem<T>
    where T : unmanaged
{
    private readonly ArrayView<T> _numbers = numbers;
    private readonly int _stride = stride; // 1 when shared, the tile's width when per env

    public T Get(int slot) => _numbers[slot * _stride];

    public T Get(int block, int slot) => _numbers[(block + slot) * _stride];

    public void Set(int slot, T value) => _numbers[slot * _stride] = value;

    public void Set(int block, int slot, T value) => _numbers[(block + slot) * _stride] = value;
}
