using HilRig.Sim.Batch;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Kernels;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Plans;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Gradients;

/// <summary>
/// The arithmetic of one step of one env, counted by running the step in a number that counts. It
/// is what a batch has to do at least: lanes also pay for what their neighbours need.
/// </summary>
public sealed class FlopCount
{
    private FlopCount(IReadOnlyDictionary<string, OperationCount> phases) => Phases = phases;

    /// <summary>Operations by phase, in the order of the step.</summary>
    public IReadOnlyDictionary<string, OperationCount> Phases { get; }

    /// <summary>Operations of the whole step.</summary>
    public OperationCount Total
    {
        get
        {
            OperationCount total = default;
            foreach (OperationCount phase in Phases.Values)
            {
                total += phase;
            }

            return total;
        }
    }

    /// <summary>Counts a step from the first keyframe or the reference position.</summary>
    /// <param name="model">The robot.</param>
    public static FlopCount Of(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        IReadOnlyList<double> position = model.Keyframes.Count > 0
            ? model.Keyframes[0].Position
            : model.ReferencePosition;
        return At(model, [.. position], new double[model.DofCount]);
    }

    /// <summary>
    /// Floating-point operations of a step as it is compiled for the model; null where only a part
    /// of a step is.
    /// </summary>
    /// <param name="model">The robot.</param>
    public static long? Compiled(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return PlanRecorder<Symbol>.Record(new PackedModel(model), []) is
        { Scope: PlanScope.Whole } plan
            ? plan.Count.Flops
            : null;
    }

    /// <summary>
    /// Counts a step from a state; how much is done depends on contacts and active limits.
    /// </summary>
    /// <param name="model">The robot.</param>
    /// <param name="position">Positions. Shape [position].</param>
    /// <param name="velocity">Velocities. Shape [dof].</param>
    public static unsafe FlopCount At(
        Model model, ReadOnlySpan<double> position, ReadOnlySpan<double> velocity)
    {
        ArgumentNullException.ThrowIfNull(model);
        var memory = new EnvMemory<Counted>(model);
        Span<Counted> work = memory.Work.Span;
        work.Clear();
        Layout at = memory.Layout;
        Write(position, work[at.Position..]);
        Write(velocity, work[at.Velocity..]);
        work.Slice(at.Enabled, at.ActuatorCount).Fill(Counted.Of(1));
        var env = new Env<Counted, CountingMem, PointerMem<Counted>, PointerIndexMem>(
            new(memory.Work.Pointer, memory.Indices.Pointer),
            new(memory.Constants.Pointer),
            new(memory.Topology.Pointer, memory.Assets.Pointer),
            at);
        using var tally = new OperationTally();
        CpuDynamics<Counted, CountingMem, PointerMem<Counted>, PointerIndexMem>.Derive(env);
        tally.Restart();
        CpuDynamics<Counted, CountingMem, PointerMem<Counted>, PointerIndexMem>.Step(env);

        // The env holds bare pointers into it.
        GC.KeepAlive(memory);
        return new FlopCount(tally.Phases);
    }

    private static void Write(ReadOnlySpan<double> from, Span<Counted> to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = Counted.Of(from[i]);
        }
    }
}
