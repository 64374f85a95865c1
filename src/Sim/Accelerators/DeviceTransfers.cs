using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;

namespace HilRig.Sim.Accelerators;

/// <summary>
/// The only door between device memory and this process: what passes is counted. Copies are done
/// when a call returns.
/// </summary>
internal sealed unsafe class DeviceTransfers
{
    /// <summary>Copies so far.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes copied so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Copies the first numbers of a view from the device.</summary>
    public void ToHost<T>(ArrayView<T> view, Span<T> numbers)
        where T : unmanaged
    {
        if (numbers.Length == 0)
        {
            return;
        }

        Note<T>(numbers.Length);

        // Held in place until the copy is done.
        fixed (T* first = numbers)
        {
            view.SubView(0, numbers.Length).CopyToCPU(ref *first, numbers.Length);
        }
    }

    /// <summary>Copies numbers to the beginning of a view on the device.</summary>
    public void ToDevice<T>(ArrayView<T> view, ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        if (numbers.Length == 0)
        {
            return;
        }

        Note<T>(numbers.Length);

        // Held in place until the copy is done.
        fixed (T* first = numbers)
        {
            view.SubView(0, numbers.Length).CopyFromCPU(ref *first, numbers.Length);
        }
    }

    private void Note<T>(int length)
        where T : unmanaged
    {
        Count++;
        Bytes += (long)length * Marshal.SizeOf<T>();
    }
}
