using HilRig.Sim.Memory;
using ILGPU;

namespace HilRig.Sim.Accelerators;

/// <summary>The model's integers and assets in device memory, shared by all envs.</summary>
internal readonly struct DeviceIndexMem(ArrayView<int> numbers, ArrayView<float> assets)
    : IIndexMem
{
    private readonly ArrayView<int> _numbers = numbers;
    private readonly ArrayView<float> _assets = assets;

    public int Get(int slot) => _numbers[slot];

    public int Get(int block, int slot) => _numbers[block + slot];

    public float GetAsset(int slot) => _assets[slot];
}
