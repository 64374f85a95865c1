using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Kernels;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Gradients;

/// <summary>
/// One env in duals whose lanes are directions: every lane steps the same state, and carries the
/// derivative along a direction of its own. Allocates nothing after construction.
/// </summary>
/// <typeparam name="T">One double, or lanes of doubles.</typeparam>
internal sealed unsafe class DirectionTile<T>
    where T : unmanaged, ILanes<T, double>
{
    private readonly EnvMemory<Dual<T>> _memory;
    private readonly PinnedBlock<Dual<T>> _derived;
    private bool _parametersSeeded;

    /// <summary>Makes a tile with the model's constants.</summary>
    public DirectionTile(Model model)
    {
        _memory = new(model);
        _memory.Derive();
        _derived = new(_memory.Constants.Count);
        _memory.Constants.Span.CopyTo(_derived.Span);
    }

    /// <summary>Directions that one step carries.</summary>
    public static int LaneCount => T.LaneCount;

    /// <summary>Where everything lies.</summary>
    public Layout Layout => _memory.Layout;

    /// <summary>Changes a primary constant; then call <see cref="Rederive"/>.</summary>
    public void SetConstant(int slot, double value) => _derived.Span[slot] = Dual<T>.Of(value);

    /// <summary>Computes derived constants anew after changes.</summary>
    public void Rederive()
    {
        _derived.Span.CopyTo(_memory.Constants.Span);
        _memory.Derive();
        _memory.Constants.Span.CopyTo(_derived.Span);
    }

    /// <summary>Puts every lane at the beginning of the step, all directions 0.</summary>
    public void Load(StepInput input)
    {
        _memory.Load(input);
        if (_parametersSeeded)
        {
            _derived.Span.CopyTo(_memory.Constants.Span);
            _parametersSeeded = false;
        }
    }

    /// <summary>Sets the derivative of a slot of the workspace along a lane's direction.</summary>
    public void Seed(int lane, int slot, double tangent) =>
        Tangents(_memory.Work.Pointer + slot)[lane] = tangent;

    /// <summary>Sets the derivative of a primary constant along a lane's direction.</summary>
    public void SeedConstant(int lane, int slot, double tangent)
    {
        Tangents(_memory.Constants.Pointer + slot)[lane] = tangent;
        _parametersSeeded = true;
    }

    /// <summary>Takes the step.</summary>
    public void Step()
    {
        if (_parametersSeeded)
        {
            _memory.Derive();
        }

        CpuDynamics<Dual<T>, PointerWorkMem<Dual<T>>, PointerMem<Dual<T>>, PointerIndexMem>
            .Step(_memory.Env);
    }

    /// <summary>The value of a slot of the workspace, the same in every lane.</summary>
    public double Value(int slot) => *(double*)(_memory.Work.Pointer + slot);

    /// <summary>The derivative of a slot along a lane's direction.</summary>
    public double Tangent(int lane, int slot) => Tangents(_memory.Work.Pointer + slot)[lane];

    private static double* Tangents(Dual<T>* dual) => (double*)dual + T.LaneCount;
}
