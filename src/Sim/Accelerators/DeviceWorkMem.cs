using HilRig.Sim.Memory;
using ILGPU;

namespace HilRig.Sim.Accelerators;

/// <summary>
/// Numbers and integers of one env in its tile of device memory. Each env has integers of its own:
/// one thread is one lane.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
internal readonly struct DeviceWorkMem<T>(
    ArrayView<T> numbers, // [slot, env of the tile], from the env's first
    ArrayView<int> indices) // [slot, env of the tile], from the env's first
    : IWorkMem<T>
    where T : unmanaged
{
    private readonly ArrayView<T> _numbers = numbers;
    private readonly ArrayView<int> _indices = indices;

    public T Get(int slot) => _numbers[slot * DeviceTile.EnvCount];

    public T Get(int block, int slot) => _numbers[(block + slot) * DeviceTile.EnvCount];

    public void Set(int slot, T value) => _numbers[slot * DeviceTile.EnvCount] = value;

    public void Set(int block, int slot, T value) =>
        _numbers[(block + slot) * DeviceTile.EnvCount] = value;

    public int GetIndex(int slot) => _indices[slot * DeviceTile.EnvCount];

    public void SetIndex(int slot, int value) => _indices[slot * DeviceTile.EnvCount] = value;
}
