using System.Numerics;
using HilRig.Sim.Plans;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Batch.Cpu;

/// <summary>
/// Envs in tiles, a lane each, on the threads of this process. Thread t does tiles t, t + n, … with
/// its own workspace; only state, inputs and results stay between steps.
/// </summary>
/// <typeparam name="T">The number: a lane for each env of a tile.</typeparam>
/// <typeparam name="TElement">What one lane holds.</typeparam>
internal sealed unsafe class CpuBackend<T, TElement> : IBatchBackend
    where T : unmanaged, ILanes<T, TElement>
    where TElement : unmanaged, INumberBase<TElement>
{
    private readonly PackedModel _model;
    private readonly ResidentSlots _slots;
    private readonly TileStore<TElement> _rows;
    private readonly SharedModel<TElement> _shared;
    private readonly TileWorker<T, TElement>[] _workers;
    private readonly StepCrew _crew;
    private readonly EnvStatus[] _status;
    private readonly Action<int> _job;
    private EnvConstants<TElement>? _constants;
    private readonly StepCompilation _compilation;
    private readonly CompiledPlan? _plan;
    private CompiledPlan? _ownPlan;
    private EnvConstants<TElement>? _planned;
    private int _steps;

    /// <summary>
    /// Reserves memory and starts threads; every number is 0. Compiles the step where it is asked
    /// to.
    /// </summary>
    public CpuBackend(
        PackedModel model, int envCount, int threadCount, string name, StepCompilation compilation)
    {
        _model = model;
        _compilation = compilation;
        _plan = compilation == StepCompilation.Never
            ? null
            : PlanCompiler<T, TElement>.Compile(model, [], IsWholeOnly);
        _slots = new ResidentSlots(model.At);
        Name = name;
        EnvCount = envCount;
        _rows = new TileStore<TElement>(envCount, T.LaneCount, _slots.Count);
        _status = new EnvStatus[envCount];
        _shared = new SharedModel<TElement>(model);
        _crew = new StepCrew(Math.Max(1, Math.Min(threadCount, _rows.TileCount)));
        _workers = new TileWorker<T, TElement>[_crew.Count];
        for (int i = 0; i < _workers.Length; i++)
        {
            _workers[i] = new TileWorker<T, TElement>(model.At, _slots, _shared);
        }

        _job = StepTiles;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int NumberBytes => sizeof(TElement);

    /// <inheritdoc/>
    public int EnvCount { get; }

    /// <inheritdoc/>
    public int ThreadCount => _crew.Count;

    /// <inheritdoc/>
    public long ResidentBytes =>
        _rows.Bytes + (_constants?.Bytes ?? 0) + ((long)sizeof(EnvStatus) * EnvCount);

    /// <inheritdoc/>
    public long WorkspaceBytes
    {
        get
        {
            long bytes = _shared.Bytes;
            foreach (TileWorker<T, TElement> worker in _workers)
            {
                bytes += worker.Bytes;
            }

            return bytes;
        }
    }

    /// <inheritdoc/>
    public void Read(int slot, int count, Span<double> values) =>
        _rows.Read(EnvCount, _slots.RowOf(slot), count, values);

    /// <inheritdoc/>
    public void Read(int slot, int count, Span<float> values) =>
        _rows.Read(EnvCount, _slots.RowOf(slot), count, values);

    /// <inheritdoc/>
    public void Write(int slot, int count, ReadOnlySpan<double> values)
    {
        _rows.Write(EnvCount, _slots.RowOf(slot), count, values);
        _rows.FillUnusedLanes(EnvCount);
    }

    /// <inheritdoc/>
    public void Write(int slot, int count, ReadOnlySpan<float> values)
    {
        _rows.Write(EnvCount, _slots.RowOf(slot), count, values);
        _rows.FillUnusedLanes(EnvCount);
    }

    /// <inheritdoc/>
    public void ReadEnv(int env, int slot, Span<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)env, (uint)EnvCount);
        int column = _slots.RowOf(slot);
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = double.CreateTruncating(_rows.At(env, column + k));
        }
    }

    /// <inheritdoc/>
    public void WriteEnvs(ReadOnlySpan<int> envs, int slot, ReadOnlySpan<double> values)
    {
        int column = _slots.RowOf(slot);
        foreach (int env in envs)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)env, (uint)EnvCount);
            for (int k = 0; k < values.Length; k++)
            {
                _rows.At(env, column + k) = TElement.CreateTruncating(values[k]);
            }

            if (env == 0)
            {
                _rows.FillUnusedLanes(EnvCount);
            }
        }
    }

    /// <inheritdoc/>
    public void WriteConstant(int slot, ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, EnvCount);
        EnvConstants<TElement> constants = Own(slot);
        for (int env = 0; env < values.Length; env++)
        {
            constants.Set(slot, env, values[env]);
        }
    }

    /// <inheritdoc/>
    public void WriteConstant(int slot, int env, double value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)env, (uint)EnvCount);
        Own(slot).Set(slot, env, value);
    }

    /// <inheritdoc/>
    public void ForgetConstants()
    {
        _constants?.Dispose();
        _constants = null;
        foreach (TileWorker<T, TElement> worker in _workers)
        {
            worker.ForgetConstants();
        }
    }

    /// <inheritdoc/>
    public void ReadConstant(int slot, Span<double> values)
    {
        for (int env = 0; env < values.Length; env++)
        {
            values[env] = double.CreateTruncating(
                _constants is not null && _constants.Has(slot)
                    ? _constants.At(slot, env)
                    : _shared.Constants.First[slot]);
        }
    }

    /// <inheritdoc/>
    public void Step(int steps)
    {
        _steps = steps;
        if (_compilation != StepCompilation.Never
            && _constants is not null
            && _constants != _planned)
        {
            _planned = _constants;
            _ownPlan = PlanCompiler<T, T>.Compile(_model, [.. _constants.Slots], IsWholeOnly);
        }

        _crew.Run(_job);
    }

    /// <inheritdoc/>
    public void OnEachThread(Action<int> action) => _crew.Run(action);

    /// <inheritdoc/>
    public void TakeStatus(Span<EnvStatus> status)
    {
        for (int env = 0; env < status.Length; env++)
        {
            status[env] |= _status[env];
        }

        Array.Clear(_status);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _crew.Dispose();
        foreach (TileWorker<T, TElement> worker in _workers)
        {
            worker.Dispose();
        }

        _constants?.Dispose();
        _rows.Dispose();
        _shared.Dispose();
    }

    private bool IsWholeOnly => _compilation == StepCompilation.Auto;

    private void StepTiles(int thread)
    {
        for (int tile = thread; tile < _rows.TileCount; tile += _workers.Length)
        {
            TileFaults<T> faults = default;
            var row = (T*)_rows.Tile(tile);
            if (_constants is null)
            {
                _workers[thread].Step(row, _steps, &faults, _plan);
            }
            else
            {
                _workers[thread].Step(row, _steps, &faults, _constants, tile, _ownPlan);
            }

            if (faults.Any)
            {
                Note(tile, faults);
            }
        }
    }

    private void Note(int tile, in TileFaults<T> faults)
    {
        int first = tile * T.LaneCount;
        for (int lane = 0; lane < T.LaneCount && first + lane < EnvCount; lane++)
        {
            _status[first + lane] |= faults.Of(lane);
        }
    }

    private EnvConstants<TElement> Own(int slot)
    {
        if (_constants is null || !_constants.Has(slot))
        {
            int[] slots =
            [
                .. (_constants?.Slots ?? _model.DerivedSlots).Append(slot).Distinct(),
            ];
            EnvConstants<TElement>? before = _constants;
            _constants = new EnvConstants<TElement>(
                slots,
                new ReadOnlySpan<TElement>(_shared.Constants.First, _shared.Constants.Count),
                EnvCount,
                T.LaneCount,
                before);
            before?.Dispose();
        }

        return _constants;
    }
}
