using HilRig.Sim.Accelerators.Kernels;
using ILGPU;
using ILGPU.Runtime;

namespace HilRig.Sim.Accelerators;

/// <summary>
/// Numbers of every env in tiles of device memory, read and written through dense blocks
/// [env, entry], where an entry stands for a slot.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
internal sealed class DeviceBlock<T> : IDisposable
    where T : unmanaged
{
    private readonly DeviceSession _session;
    private readonly DeviceTransfers _transfers;
    private readonly int _envCount;
    private readonly int _slotCount;
    private readonly MemoryBuffer1D<T, Stride1D.Dense> _tiles;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _slots;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _list;
    private readonly MemoryBuffer1D<T, Stride1D.Dense> _dense;

    /// <summary>Reserves room, all NaN.</summary>
    /// <param name="session">The device.</param>
    /// <param name="transfers">Counts what passes.</param>
    /// <param name="envCount">Number of envs.</param>
    /// <param name="slotCount">Slots of an env.</param>
    /// <param name="slots">The slot of each entry.</param>
    public DeviceBlock(
        DeviceSession session,
        DeviceTransfers transfers,
        int envCount,
        int slotCount,
        int[] slots)
    {
        _session = session;
        _transfers = transfers;
        _envCount = envCount;
        _slotCount = slotCount;
        Accelerator device = session.Accelerator;
        long lanes = (long)DeviceTile.Count(envCount) * DeviceTile.EnvCount;
        _tiles = device.Allocate1D<T>(lanes * slotCount);
        _slots = device.Allocate1D<int>(Math.Max(1, slots.Length));
        _list = device.Allocate1D<int>(envCount);
        _dense = device.Allocate1D<T>(Math.Max(1, (long)envCount * slots.Length));
        transfers.ToDevice(_slots.View, slots);

        // All bits set is NaN.
        _tiles.View.MemSet(0xFF);
    }

    /// <summary>The tiles. Shape [tile, slot, env of the tile].</summary>
    public ArrayView<T> View => _tiles.View;

    /// <summary>Reads entries of every env. Shape [env, count].</summary>
    public void Read(int entry, int count, Span<T> numbers) => ReadSome(0, entry, count, numbers);

    /// <summary>Reads entries of neighbouring envs. Shape [env, count].</summary>
    public void ReadSome(int firstEnv, int entry, int count, Span<T> numbers)
    {
        if (numbers.Length > 0)
        {
            Gather(new SlotRun(firstEnv, entry, count, _slotCount), numbers.Length);
            _transfers.ToHost(_dense.View, numbers);
        }
    }

    /// <summary>Writes entries of every env. Shape [env, count].</summary>
    public void Write(int entry, int count, ReadOnlySpan<T> numbers) =>
        WriteSome(0, entry, count, numbers);

    /// <summary>Writes entries of neighbouring envs. Shape [env, count].</summary>
    public void WriteSome(int firstEnv, int entry, int count, ReadOnlySpan<T> numbers)
    {
        if (numbers.Length > 0)
        {
            _transfers.ToDevice(_dense.View, numbers);
            Scatter(new SlotRun(firstEnv, entry, count, _slotCount), numbers.Length);
        }
    }

    /// <summary>Writes entries of the envs of a list, the same for each. Shape [count].</summary>
    public void Spread(ReadOnlySpan<int> envs, int entry, ReadOnlySpan<T> numbers)
    {
        if (envs.Length == 0 || numbers.Length == 0)
        {
            return;
        }

        _transfers.ToDevice(_list.View, envs);
        _transfers.ToDevice(_dense.View, numbers);
        var spread = _session.Kernel<
            Action<
                AcceleratorStream,
                Index1D,
                ArrayView<T>,
                ArrayView<T>,
                ArrayView<int>,
                ArrayView<int>,
                SlotRun>>(((Delegate)CopyKernels<T>.SpreadSome).Method);
        spread(
            _session.Stream,
            checked(envs.Length * numbers.Length),
            View,
            _dense.View,
            _slots.View,
            _list.View,
            new SlotRun(0, entry, numbers.Length, _slotCount));
    }

    /// <summary>Writes one set of entries to every env, on the device. Shape [entry].</summary>
    public void SpreadAll(ArrayView<T> shared)
    {
        int count = (int)shared.Length;
        Copy(CopyKernels<T>.Spread)(
            _session.Stream,
            checked(_envCount * count),
            View,
            shared,
            _slots.View,
            new SlotRun(0, 0, count, _slotCount));
    }

    /// <summary>Keeps all entries in a block on the device.</summary>
    public void Save() => Gather(Everything, (int)_dense.Length);

    /// <summary>Brings back what <see cref="Save"/> kept.</summary>
    public void Restore() => Scatter(Everything, (int)_dense.Length);

    /// <inheritdoc/>
    public void Dispose()
    {
        _tiles.Dispose();
        _slots.Dispose();
        _list.Dispose();
        _dense.Dispose();
    }

    private SlotRun Everything => new(0, 0, (int)_slots.Length, _slotCount);

    private void Gather(SlotRun run, int length) =>
        Copy(CopyKernels<T>.Gather)(
            _session.Stream, length, View, _dense.View, _slots.View, run);

    private void Scatter(SlotRun run, int length) =>
        Copy(CopyKernels<T>.Scatter)(
            _session.Stream, length, View, _dense.View, _slots.View, run);

    private Action<
        AcceleratorStream, Index1D, ArrayView<T>, ArrayView<T>, ArrayView<int>, SlotRun> Copy(
        Delegate kernel) => _session.Kernel<
            Action<
                AcceleratorStream,
                Index1D,
                ArrayView<T>,
                ArrayView<T>,
                ArrayView<int>,
                SlotRun>>(kernel.Method);
}
