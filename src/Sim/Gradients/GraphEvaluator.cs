using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Gradients;

/// <summary>
/// Computes a graph in any number, forwards and backwards. One evaluator has the memory of one
/// evaluation; it allocates nothing after construction. Not for two threads at once.
/// </summary>
/// <typeparam name="T">The number; each lane is an evaluation of its own.</typeparam>
internal sealed unsafe class GraphEvaluator<T>
    where T : unmanaged, IReal<T>
{
    private readonly Graph _graph;
    private readonly PinnedBlock<T> _values;
    private readonly PinnedBlock<T> _adjoints;

    public GraphEvaluator(Graph graph)
    {
        _graph = graph;
        _values = new(graph.ValueCount);
        _adjoints = new(graph.ValueCount);
        for (int i = 0; i < graph.Constants.Length; i++)
        {
            _values.Span[i] = T.Of(graph.Constants[i]);
        }
    }

    /// <summary>The inputs: write before <see cref="Forward"/>. Shape [input].</summary>
    public Span<T> Inputs => _values.Span.Slice(_graph.FirstInput, _graph.InputCount);

    /// <summary>
    /// Derivatives by each input after <see cref="Backward"/>. Shape [input].
    /// </summary>
    public ReadOnlySpan<T> InputAdjoints =>
        _adjoints.Span.Slice(_graph.FirstInput, _graph.InputCount);

    /// <summary>One output after <see cref="Forward"/>.</summary>
    public T Output(int output) => _values.Span[_graph.Outputs[output]];

    /// <summary>Computes all values.</summary>
    /// <returns>
    /// Lane by lane: 0 where every decision is as recorded, above 0 where the graph does not apply.
    /// </returns>
    public T Forward()
    {
        fixed (GraphNode* nodes = _graph.Nodes)
        {
            foreach (GraphRun run in _graph.Runs)
            {
                ForwardRuns<T>.Compute(
                    run.Operation,
                    nodes + run.First,
                    run.End - run.First,
                    _values.Pointer,
                    _values.Pointer + _graph.FirstNode + run.First);
            }
        }

        return Broken();
    }

    /// <summary>Makes all adjoints 0, before <see cref="Seed"/>.</summary>
    public void ClearAdjoints() => _adjoints.Span.Clear();

    /// <summary>Adds to the adjoint of one output.</summary>
    public void Seed(int output, T adjoint) =>
        _adjoints.Span[_graph.Outputs[output]] += adjoint;

    /// <summary>Carries the adjoints of the outputs back to the inputs.</summary>
    public void Backward()
    {
        fixed (GraphNode* nodes = _graph.Nodes)
        {
            for (int k = _graph.Runs.Length - 1; k >= 0; k--)
            {
                GraphRun run = _graph.Runs[k];
                BackwardRuns<T>.Carry(
                    run.Operation,
                    nodes + run.First,
                    run.End - run.First,
                    _graph.FirstNode + run.First,
                    _values.Pointer,
                    _adjoints.Pointer);
            }
        }
    }

    private T Broken()
    {
        T broken = T.Of(0);
        foreach (GraphGuard guard in _graph.Guards)
        {
            T value = _values.Pointer[guard.Node];
            broken += guard.IsWhole
                ? Differs(value, guard.Expected)
                : T.Where(value, T.Of(1 - guard.Expected), T.Of(guard.Expected));
        }

        return broken;
    }

    // A number is cut towards 0.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T Differs(T value, int expected)
    {
        T size = T.Floor(T.Abs(value));
        T whole = T.Where(value, size, -size);
        return T.Where(T.Abs(whole - T.Of(expected)), T.Of(1), T.Of(0));
    }
}
