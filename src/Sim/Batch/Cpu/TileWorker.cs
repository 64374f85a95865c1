using System.Numerics;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Kernels;
using HilRig.Sim.Memory;
using HilRig.Sim.Plans;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Batch.Cpu;

/// <summary>What one thread steps tiles with: workspace and constants.</summary>
/// <typeparam name="T">The number: a lane for each env of a tile.</typeparam>
/// <typeparam name="TElement">What one lane holds.</typeparam>
internal sealed unsafe class TileWorker<T, TElement> : IDisposable
    where T : unmanaged, ILanes<T, TElement>
    where TElement : unmanaged, INumberBase<TElement>
{
    private readonly AlignedBlock<T> _work;
    private readonly AlignedBlock<int> _indices;
    private readonly SharedModel<TElement> _shared;
    private readonly ResidentSlots _slots;
    private readonly Layout _layout;
    private AlignedBlock<T>? _own;
    private AlignedBlock<T> _scratch = new(0);

    /// <summary>Reserves the workspace.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="slots">What stays between steps.</param>
    /// <param name="shared">What all threads read.</param>
    public TileWorker(Layout layout, ResidentSlots slots, SharedModel<TElement> shared)
    {
        _layout = layout;
        _slots = slots;
        _shared = shared;
        _work = new AlignedBlock<T>(layout.WorkCount);
        _indices = new AlignedBlock<int>(layout.IndexCount);
        for (int actuator = 0; actuator < layout.ActuatorCount; actuator++)
        {
            _work.First[layout.Enabled + actuator] = T.Of(1);
        }
    }

    /// <summary>Bytes in use.</summary>
    public long Bytes =>
        _work.Bytes + _indices.Bytes + _scratch.Bytes + (_own?.Bytes ?? 0);

    /// <summary>Takes steps of a tile in which all envs share the constants.</summary>
    /// <param name="row">Numbers that stay. Shape [column, lane].</param>
    /// <param name="steps">Number of steps.</param>
    /// <param name="faults">Receives how often each happened, a lane an env.</param>
    /// <param name="plan">The compiled step, or null.</param>
    public void Step(T* row, int steps, TileFaults<T>* faults, CompiledPlan? plan)
    {
        Reserve(plan);
        var env = new Env<T, PointerWorkMem<T>, SplatMem<T, TElement>, PointerIndexMem>(
            new(_work.First, _indices.First),
            new(_shared.Constants.First),
            new(_shared.Topology.First, _shared.Assets.First),
            _layout);
        Load(row);
        for (int k = 0; k < steps; k++)
        {
            Step(env, plan, (nint)_shared.Constants.First);
            faults->Add(env);
        }

        Store(row);
    }

    /// <summary>Takes steps of a tile in which some constants are one number an env.</summary>
    /// <param name="row">Numbers that stay. Shape [column, lane].</param>
    /// <param name="steps">Number of steps.</param>
    /// <param name="faults">Receives how often each happened, a lane an env.</param>
    /// <param name="constants">The constants that are one number an env.</param>
    /// <param name="tile">Number of the tile.</param>
    /// <param name="plan">The compiled step, or null.</param>
    public void Step(
        T* row,
        int steps,
        TileFaults<T>* faults,
        EnvConstants<TElement> constants,
        int tile,
        CompiledPlan? plan)
    {
        Reserve(plan);
        _own ??= Spread();
        var env = new Env<T, PointerWorkMem<T>, PointerMem<T>, PointerIndexMem>(
            new(_work.First, _indices.First),
            new(_own.First),
            new(_shared.Topology.First, _shared.Assets.First),
            _layout);
        T* own = (T*)constants.Tile(tile);
        for (int column = 0; column < constants.Slots.Count; column++)
        {
            _own.First[constants.Slots[column]] = own[column];
        }

        if (constants.TakeStale(tile))
        {
            CpuDynamics<T, PointerWorkMem<T>, PointerMem<T>, PointerIndexMem>.Derive(env);
            for (int column = 0; column < constants.Slots.Count; column++)
            {
                own[column] = _own.First[constants.Slots[column]];
            }
        }

        Load(row);
        for (int k = 0; k < steps; k++)
        {
            Step(env, plan, (nint)_own.First);
            faults->Add(env);
        }

        Store(row);
    }

    /// <summary>Takes the shared constants anew.</summary>
    public void ForgetConstants()
    {
        _own?.Dispose();
        _own = null;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        _work.Dispose();
        _indices.Dispose();
        _scratch.Dispose();
        _own?.Dispose();
    }

    // The plan where there is one and its guards hold, else the phases.
    private void Step<TConst>(
        in Env<T, PointerWorkMem<T>, TConst, PointerIndexMem> env,
        CompiledPlan? plan,
        nint constants)
        where TConst : struct, IMem<T>
    {
        if (plan is null || !plan.Run((nint)_work.First, constants, (nint)_scratch.First))
        {
            CpuDynamics<T, PointerWorkMem<T>, TConst, PointerIndexMem>.Step(env);
        }
        else if (plan.Scope == PlanScope.Whole)
        {
            CpuDynamics<T, PointerWorkMem<T>, TConst, PointerIndexMem>.CheckFinite(env);
        }
        else
        {
            CpuDynamics<T, PointerWorkMem<T>, TConst, PointerIndexMem>.Finish(env);
        }
    }

    private void Reserve(CompiledPlan? plan)
    {
        if (plan is not null && plan.ScratchCount > _scratch.Count)
        {
            _scratch.Dispose();
            _scratch = new(plan.ScratchCount);
        }
    }

    private AlignedBlock<T> Spread()
    {
        var own = new AlignedBlock<T>(_shared.Constants.Count);
        for (int slot = 0; slot < own.Count; slot++)
        {
            own.First[slot] = T.Splat(_shared.Constants.First[slot]);
        }

        return own;
    }

    private void Load(T* row)
    {
        for (int piece = 0; piece < _slots.Pieces.Count; piece++)
        {
            (int first, int count) = _slots.Pieces[piece];
            for (int k = 0; k < count; k++)
            {
                _work.First[first + k] = *row++;
            }
        }
    }

    private void Store(T* row)
    {
        for (int piece = 0; piece < _slots.Pieces.Count; piece++)
        {
            (int first, int count) = _slots.Pieces[piece];
            for (int k = 0; k < count; k++)
            {
                *row++ = _work.First[first + k];
            }
        }
    }
}
