using System.Globalization;
using System.Runtime.InteropServices;
using HilRig.Core.Errors;
using HilRig.Sim.Accelerators.Kernels;
using HilRig.Sim.Batch;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Scalars;
using ILGPU;
using ILGPU.Runtime;

namespace HilRig.Sim.Accelerators;

/// <summary>
/// Envs of one model resident in a device's memory: written once, stepped there, read on demand.
/// Not thread-safe. Numbers that were never written are NaN.
/// </summary>
/// <typeparam name="T">The number, a float on a GPU.</typeparam>
internal sealed class DeviceBatch<T> : IDisposable
    where T : unmanaged, IReal<T>
{
    private readonly DeviceSession _session;
    private readonly PackedModel _model;
    private readonly ModelFolding _folding;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _indices;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _topology;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _assets;
    private readonly MemoryBuffer1D<T, Stride1D.Dense> _shared;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _status;
    private readonly Action<
        AcceleratorStream, Index1D, EnvViews<T>, SharedViews, ArrayView<int>, Layout, int> _step;

    private readonly int[] _news;
    private DeviceBlock<T>? _own;
    private bool _isStale;

    /// <summary>Uploads a model and makes room for so many envs.</summary>
    /// <param name="session">The device.</param>
    /// <param name="model">The model.</param>
    /// <param name="slots">Slots that can be read and written, in this order.</param>
    /// <param name="envCount">Number of envs.</param>
    /// <exception cref="RigException">
    /// The device has too little memory, or its compiler refuses a kernel.
    /// </exception>
    public DeviceBatch(DeviceSession session, PackedModel model, int[] slots, int envCount)
    {
        _session = session;
        _model = model;
        _folding = new ModelFolding(model);
        EnvCount = envCount;
        RequireMemory();
        Accelerator device = session.Accelerator;
        long lanes = (long)DeviceTile.Count(envCount) * DeviceTile.EnvCount;
        Work = new DeviceBlock<T>(session, Transfers, envCount, At.WorkCount, slots);
        _indices = device.Allocate1D<int>(lanes * Math.Max(1, At.IndexCount));
        _topology = device.Allocate1D<int>(Math.Max(1, At.TopologyCount));
        _assets = device.Allocate1D<float>(Math.Max(1, At.AssetCount));
        _shared = device.Allocate1D<T>(At.ConstantCount);

        // One word an env, and one that says whether any env has news.
        _status = device.Allocate1D<int>(envCount + 1);
        _news = new int[envCount];
        _indices.View.MemSet(0xFF);
        _status.View.MemSetToZero();
        Transfers.ToDevice(_topology.View, model.Topology);
        Transfers.ToDevice(_assets.View, model.Assets);
        Transfers.ToDevice<T>(_shared.View, Array.ConvertAll(model.Constants, T.Of));
        _step = session.Kernel<
            Action<
                AcceleratorStream,
                Index1D,
                EnvViews<T>,
                SharedViews,
                ArrayView<int>,
                Layout,
                int>>(((Delegate)StepKernel<T>.Run).Method, _folding);
    }

    /// <summary>Number of envs.</summary>
    public int EnvCount { get; }

    /// <summary>Where each field lies.</summary>
    public Layout At => _model.At;

    /// <summary>State and workspace of the envs.</summary>
    public DeviceBlock<T> Work { get; }

    /// <summary>What passed between this process and the device.</summary>
    public DeviceTransfers Transfers { get; } = new();

    /// <summary>Step kernels launched so far.</summary>
    public long LaunchCount { get; private set; }

    /// <summary>
    /// Device memory of one env, bytes: state, workspace, integers and constants of its own.
    /// </summary>
    public long BytesPerEnv => ((long)At.WorkCount * Marshal.SizeOf<T>())
        + ((long)At.IndexCount * sizeof(int))
        + (_own is null ? 0 : (long)At.ConstantCount * Marshal.SizeOf<T>());

    /// <summary>
    /// Starts so many steps of every env: one launch, and one before it when constants changed.
    /// Returns before they are done.
    /// </summary>
    public void Step(int stepCount)
    {
        if (_isStale)
        {
            _isStale = false;
            Derive();
        }

        LaunchCount++;
        _step(_session.Stream, EnvCount, Envs, Shared, _status.View, At, stepCount);
    }

    /// <summary>Waits until all that was started is done.</summary>
    public void Wait() => _session.Stream.Synchronize();

    /// <summary>
    /// Adds to the status words of the envs, and clears those here. Without news one word passes.
    /// </summary>
    public void TakeStatus(Span<EnvStatus> status)
    {
        Span<int> any = stackalloc int[1];
        Transfers.ToHost(_status.View.SubView(EnvCount, 1), any);
        if (any[0] == 0)
        {
            return;
        }

        Transfers.ToHost<int>(_status.View, _news);
        _status.View.MemSetToZero();
        for (int env = 0; env < EnvCount; env++)
        {
            status[env] |= (EnvStatus)_news[env];
        }
    }

    /// <summary>Reads a constant of every env. Shape [env].</summary>
    public void ReadConstant(int slot, Span<T> values)
    {
        if (_own is not null)
        {
            _own.Read(slot, 1, values);
            return;
        }

        Transfers.ToHost(_shared.View.SubView(slot, 1), values[..1]);
        values[1..].Fill(values[0]);
    }

    /// <summary>
    /// Writes a constant of neighbouring envs; all envs have constants of their own from then on.
    /// </summary>
    public void WriteConstant(int firstEnv, int slot, ReadOnlySpan<T> values)
    {
        if (_own is null)
        {
            int[] all = [.. Enumerable.Range(0, At.ConstantCount)];
            _own = new DeviceBlock<T>(_session, Transfers, EnvCount, At.ConstantCount, all);
            _own.SpreadAll(_shared.View);
        }

        _own.WriteSome(firstEnv, slot, 1, values);
        _isStale = true;
    }

    /// <summary>All envs share the model's constants again.</summary>
    public void ForgetConstants()
    {
        Wait();
        _own?.Dispose();
        _own = null;
        _isStale = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Work.Dispose();
        _own?.Dispose();
        _indices.Dispose();
        _topology.Dispose();
        _assets.Dispose();
        _shared.Dispose();
        _status.Dispose();
    }

    private EnvViews<T> Envs => _own is null
        ? new(Work.View, _indices.View, _shared.View, 1)
        : new(Work.View, _indices.View, _own.View, DeviceTile.EnvCount);

    private SharedViews Shared => new(_topology.View, _assets.View);

    // The derivation uses the workspace, state and inputs too.
    private void Derive()
    {
        var derive = _session.Kernel<
            Action<AcceleratorStream, Index1D, EnvViews<T>, SharedViews, Layout>>(
            ((Delegate)StepKernel<T>.Derive).Method, _folding);
        Work.Save();
        derive(_session.Stream, EnvCount, Envs, Shared, At);
        Work.Restore();
    }

    private void RequireMemory()
    {
        long needed = EnvCount * BytesPerEnv;
        if (needed > _session.MemoryBytes)
        {
            throw new RigException(
                "the device's memory is too small for these envs",
                _session.ToString(),
                string.Create(CultureInfo.InvariantCulture, $"{needed} bytes"),
                string.Create(CultureInfo.InvariantCulture, $"{_session.MemoryBytes} bytes"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"at most {_session.MemoryBytes / BytesPerEnv / 2} envs"));
        }
    }
}
