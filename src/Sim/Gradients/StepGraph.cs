using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Kernels;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Gradients;

/// <summary>
/// One step as a graph, recorded at a state. Inputs: position, velocity, activation, control,
/// applied force, parameters, and the constrained acceleration, which the step's solve found
/// before. Outputs: position, velocity and activation afterwards.
/// </summary>
internal static class StepGraph
{
    /// <summary>Records a step.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="input">Where it begins.</param>
    /// <param name="solution">Constrained acceleration there. Shape [dof].</param>
    /// <param name="slots">Constants that are inputs. Shape [parameter].</param>
    /// <param name="values">Their values. Shape [parameter].</param>
    public static Graph Record(
        Model model,
        StepInput input,
        ReadOnlySpan<double> solution,
        ReadOnlySpan<int> slots,
        ReadOnlySpan<double> values)
    {
        using var recorder = new GraphRecorder();
        var inputs = new List<int>();
        var memory = new EnvMemory<Symbol>(model);
        Layout at = memory.Layout;
        Span<Symbol> work = memory.Work.Span;
        work[at.Time] = Symbol.Of(0);
        work.Slice(at.Enabled, at.ActuatorCount).Fill(Symbol.Of(1));
        Add(recorder, inputs, input.Position, work[at.Position..]);
        Add(recorder, inputs, input.Velocity, work[at.Velocity..]);
        Add(recorder, inputs, input.Activation, work[at.Activation..]);
        Add(recorder, inputs, input.Control, work[at.Control..]);
        Add(recorder, inputs, input.AppliedForce, work[at.Applied..]);
        for (int i = 0; i < slots.Length; i++)
        {
            Add(recorder, inputs, values.Slice(i, 1), memory.Constants.Span[slots[i]..]);
        }

        Add(recorder, inputs, solution, work[at.Warmstart..]);
        Env<Symbol, PointerWorkMem<Symbol>, PointerMem<Symbol>, PointerIndexMem> env = memory.Env;
        CpuDynamics<Symbol, PointerWorkMem<Symbol>, PointerMem<Symbol>, PointerIndexMem>
            .Derive(env);
        Step(env);
        int[] outputs =
        [
            .. Nodes(work.Slice(at.Position, at.PositionCount)),
            .. Nodes(work.Slice(at.Velocity, at.DofCount)),
            .. Nodes(work.Slice(at.Activation, at.ActivationCount)),
        ];

        // Env and spans hold bare pointers into it.
        GC.KeepAlive(memory);
        return recorder.Build(inputs, outputs);
    }

    // Runge-Kutta solves at each stage, so its searches are recorded whole.
    private static void Step(
        in Env<Symbol, PointerWorkMem<Symbol>, PointerMem<Symbol>, PointerIndexMem> env)
    {
        var rule = (IntegrationRule)env.Topology.Get(TopologySlots.Integration);
        if (rule == IntegrationRule.RungeKutta)
        {
            CpuDynamics<Symbol, PointerWorkMem<Symbol>, PointerMem<Symbol>, PointerIndexMem>
                .Step(env);
        }
        else
        {
            CpuDynamics<Symbol, PointerWorkMem<Symbol>, PointerMem<Symbol>, PointerIndexMem>
                .StepFromSolution(env);
        }
    }

    private static void Add(
        GraphRecorder recorder,
        List<int> inputs,
        ReadOnlySpan<double> values,
        Span<Symbol> symbols)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int node = recorder.Input();
            inputs.Add(node);
            symbols[i] = new(node, values[i]);
        }
    }

    private static int[] Nodes(ReadOnlySpan<Symbol> symbols)
    {
        int[] nodes = new int[symbols.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = symbols[i].Node;
        }

        return nodes;
    }
}
