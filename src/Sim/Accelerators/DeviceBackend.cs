using HilRig.Sim.Batch;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Accelerators;

/// <summary>A batch on a device: floats, one thread an env.</summary>
internal sealed class DeviceBackend : IBatchBackend
{
    private readonly DeviceBatch<G32> _batch;
    private readonly ResidentSlots _slots;
    private readonly G32[] _block;
    private DeviceSession? _own;

    /// <summary>Uploads a model to a device.</summary>
    /// <param name="session">The device; stays open when the back end is disposed.</param>
    /// <param name="name">Name of the back end.</param>
    /// <param name="model">The model.</param>
    /// <param name="envCount">Number of envs.</param>
    /// <exception cref="Core.Errors.RigException">
    /// The device has too little memory, or its compiler refuses a kernel.
    /// </exception>
    public DeviceBackend(DeviceSession session, string name, PackedModel model, int envCount)
    {
        EnvCount = envCount;
        Name = $"{name} {session.Name}";
        _slots = new ResidentSlots(model.At);
        int enabled = model.At.ActuatorCount;
        _batch = new DeviceBatch<G32>(session, model, Entries(model.At, _slots), envCount);
        _block = GC.AllocateArray<G32>(envCount * (_slots.Count + enabled), pinned: true);

        // Rows begin at 0, as on a CPU; actuators are on.
        _batch.Work.Write(0, _slots.Count, _block.AsSpan(0, envCount * _slots.Count));
        Span<G32> on = _block.AsSpan(0, envCount * enabled);
        on.Fill(new(1));
        _batch.Work.Write(_slots.Count, enabled, on);
    }

    /// <summary>Opens a device and uploads a model to it.</summary>
    /// <exception cref="Core.Errors.RigException">
    /// There is no such device, it has too little memory, or its compiler refuses a kernel.
    /// </exception>
    public static DeviceBackend Open(
        DeviceKind kind, string name, PackedModel model, int envCount)
    {
        DeviceSession session = DeviceSession.Open(kind);
        try
        {
            return new DeviceBackend(session, name, model, envCount) { _own = session };
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int EnvCount { get; }

    /// <inheritdoc/>
    public int ThreadCount => 1;

    /// <inheritdoc/>
    public int NumberBytes => sizeof(float);

    /// <inheritdoc/>
    public long ResidentBytes => (long)EnvCount * _slots.Count * sizeof(float);

    /// <inheritdoc/>
    public long WorkspaceBytes => (EnvCount * _batch.BytesPerEnv) - ResidentBytes;

    /// <inheritdoc/>
    public void Read(int slot, int count, Span<double> values)
    {
        Span<G32> block = _block.AsSpan(0, values.Length);
        _batch.Work.Read(_slots.RowOf(slot), count, block);
        for (int i = 0; i < block.Length; i++)
        {
            values[i] = block[i].Value;
        }
    }

    /// <inheritdoc/>
    public void Read(int slot, int count, Span<float> values)
    {
        Span<G32> block = _block.AsSpan(0, values.Length);
        _batch.Work.Read(_slots.RowOf(slot), count, block);
        for (int i = 0; i < block.Length; i++)
        {
            values[i] = block[i].Value;
        }
    }

    /// <inheritdoc/>
    public void Write(int slot, int count, ReadOnlySpan<double> values)
    {
        Span<G32> block = Narrow(values);
        _batch.Work.Write(_slots.RowOf(slot), count, block);
    }

    /// <inheritdoc/>
    public void Write(int slot, int count, ReadOnlySpan<float> values)
    {
        Span<G32> block = _block.AsSpan(0, values.Length);
        for (int i = 0; i < block.Length; i++)
        {
            block[i] = new(values[i]);
        }

        _batch.Work.Write(_slots.RowOf(slot), count, block);
    }

    /// <inheritdoc/>
    public void ReadEnv(int env, int slot, Span<double> values)
    {
        Span<G32> block = _block.AsSpan(0, values.Length);
        _batch.Work.ReadSome(env, _slots.RowOf(slot), values.Length, block);
        for (int i = 0; i < block.Length; i++)
        {
            values[i] = block[i].Value;
        }
    }

    /// <inheritdoc/>
    public void WriteEnvs(ReadOnlySpan<int> envs, int slot, ReadOnlySpan<double> values) =>
        _batch.Work.Spread(envs, _slots.RowOf(slot), Narrow(values));

    /// <inheritdoc/>
    public void WriteConstant(int slot, ReadOnlySpan<double> values) =>
        _batch.WriteConstant(0, slot, Narrow(values));

    /// <inheritdoc/>
    public void WriteConstant(int slot, int env, double value) =>
        _batch.WriteConstant(env, slot, Narrow([value]));

    /// <inheritdoc/>
    public void ReadConstant(int slot, Span<double> values)
    {
        Span<G32> block = _block.AsSpan(0, values.Length);
        _batch.ReadConstant(slot, block);
        for (int i = 0; i < block.Length; i++)
        {
            values[i] = block[i].Value;
        }
    }

    /// <inheritdoc/>
    public void ForgetConstants() => _batch.ForgetConstants();

    /// <inheritdoc/>
    public void OnEachThread(Action<int> action) => action(0);

    /// <inheritdoc/>
    public void Step(int steps) => _batch.Step(steps);

    /// <inheritdoc/>
    public void TakeStatus(Span<EnvStatus> status) => _batch.TakeStatus(status);

    /// <inheritdoc/>
    public void Dispose()
    {
        _batch.Dispose();
        _own?.Dispose();
        _own = null;
    }

    // The rows, and then what a CPU has once a thread.
    private static int[] Entries(Layout layout, ResidentSlots slots) =>
    [
        .. slots.Pieces.SelectMany(piece => Enumerable.Range(piece.First, piece.Count)),
        .. Enumerable.Range(layout.Enabled, layout.ActuatorCount),
    ];

    private Span<G32> Narrow(ReadOnlySpan<double> values)
    {
        Span<G32> block = _block.AsSpan(0, values.Length);
        for (int i = 0; i < block.Length; i++)
        {
            block[i] = G32.Of(values[i]);
        }

        return block;
    }
}
