using System.Globalization;
using System.Reflection;
using HilRig.Core.Errors;
using ILGPU;
using ILGPU.Runtime;

namespace HilRig.Sim.Accelerators;

/// <summary>An opened device. Dispose it last, after all that lives in its memory.</summary>
internal sealed class DeviceSession : IDisposable
{
    private readonly Context _context;
    private readonly Dictionary<(MethodInfo, string?), Delegate> _kernels = [];

    private DeviceSession(Context context, Accelerator accelerator)
    {
        _context = context;
        Accelerator = accelerator;
    }

    /// <summary>The device.</summary>
    public Accelerator Accelerator { get; }

    /// <summary>The device's own name.</summary>
    public string Name => Accelerator.Name;

    /// <summary>Opens the first device of a kind.</summary>
    /// <exception cref="RigException">There is none.</exception>
    public static DeviceSession Open(DeviceKind kind)
    {
        Context context = DeviceSearch.Find(kind);
        try
        {
            Device device = context.Devices.FirstOrDefault(one => DeviceSearch.IsOf(one, kind))
                ?? throw DeviceSearch.None(kind);
            return new DeviceSession(context, device.CreateAccelerator(context));
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    /// <summary>Threads of a group: a tile, where the device takes so many.</summary>
    public int GroupSize => Math.Min(DeviceTile.EnvCount, Accelerator.MaxNumThreadsPerGroup);

    /// <summary>Memory of the device, bytes.</summary>
    public long MemoryBytes => Accelerator.MemorySize;

    /// <summary>The queue that all kernels and copies go through, in order.</summary>
    public AcceleratorStream Stream => Accelerator.DefaultStream;

    /// <summary>A kernel of this device, compiled at its first use.</summary>
    /// <typeparam name="TLauncher">Stream, index and the kernel's parameters.</typeparam>
    /// <param name="method">The kernel.</param>
    /// <param name="folding">The model that it is for; null when it is for all.</param>
    /// <exception cref="RigException">The device's compiler refuses it.</exception>
    public TLauncher Kernel<TLauncher>(MethodInfo method, ModelFolding? folding = null)
        where TLauncher : Delegate
    {
        if (!_kernels.TryGetValue((method, folding?.Key), out Delegate? launcher))
        {
            launcher = DeviceCompiler.Load<TLauncher>(this, method, folding);
            _kernels.Add((method, folding?.Key), launcher);
        }

        return (TLauncher)launcher;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Accelerator.Dispose();
        _context.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name} ({Accelerator.AcceleratorType})");
}
