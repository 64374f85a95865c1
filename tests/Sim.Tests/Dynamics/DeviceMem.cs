using HilRig.Sim.Memory;
using ILGPU;

namespace HilRig.Sim.Tests.Dynamics;

/// <summary>Numbers of one env in device memory, envs side by side.</summary>
internal readonly struct DeviceMem(
    ArrayView<double> numbers, ArrayView<int> indices, int stride, int offset)
    : IWorkMem<DeviceReal>
{
    private readonly ArrayView<double> _numbers = numbers;
    private readonly ArrayView<int> _indices = indices;
    private readonly int _stride = stride;
    private readonly int _offset = offset;

    public DeviceReal Get(int slot) => new(_numbers[(slot * _stride) + _offset]);

    public void Set(int slot, DeviceReal value) =>
        _numbers[(slot * _stride) + _offset] = value.Value;

    public int GetIndex(int slot) => _indices[(slot * _stride) + _offset];

    public void SetIndex(int slot, int value) => _indices[(slot * _stride) + _offset] = value;
}

/// <summary>The model's integers in device memory.</summary>
internal readonly struct DeviceIndexMem(ArrayView<int> numbers, ArrayView<float> assets)
    : IIndexMem
{
    private readonly ArrayView<int> _numbers = numbers;
    private readonly ArrayView<float> _assets = assets;

    public int Get(int slot) => _numbers[slot];

    public float GetAsset(int slot) => _assets[slot];
}
