using HilRig.Sim.Memory;
using ILGPU;

namespace HilRig.Sim.Tests.Dynamics;

/// <summary>Numbers of one env in device memory, envs side by side.</summary>
internal readonly struct DeviceMem(ArrayView<double> numbers, int stride, int offset)
    : IMem<DeviceReal>
{
    private readonly ArrayView<double> _numbers = numbers;
    private readonly int _stride = stride;
    private readonly int _offset = offset;

    public DeviceReal Get(int slot) => new(_numbers[(slot * _stride) + _offset]);

    public void Set(int slot, DeviceReal value) =>
        _numbers[(slot * _stride) + _offset] = value.Value;
}

/// <summary>The model's integers in device memory.</summary>
internal readonly struct DeviceIndexMem(ArrayView<int> numbers) : IIndexMem
{
    private readonly ArrayView<int> _numbers = numbers;

    public int Get(int slot) => _numbers[slot];
}
