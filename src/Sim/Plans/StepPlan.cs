using HilRig.Sim.Gradients;

namespace HilRig.Sim.Plans;

/// <summary>
/// A step of one model without loops, addresses and whatever its zeros and ones make vanish: the
/// operations that the phases did when they ran in symbols. It gives the bits of the phases (but
/// for the sign of a zero) where none of its guards is above 0; elsewhere the phases must run.
/// </summary>
internal sealed class StepPlan
{
    private readonly GraphNode[] _nodes;
    private readonly double[] _numbers;
    private readonly IReadOnlyDictionary<int, PlanSource> _sources;
    private readonly HashSet<int> _read;

    /// <summary>Takes what was recorded.</summary>
    /// <param name="scope">What it stands for.</param>
    /// <param name="recorder">The nodes.</param>
    /// <param name="sources">Where each input is read, by node.</param>
    /// <param name="stores">What it leaves.</param>
    public StepPlan(
        PlanScope scope,
        GraphRecorder recorder,
        IReadOnlyDictionary<int, PlanSource> sources,
        PlanStore[] stores)
    {
        Scope = scope;
        _sources = sources;
        Stores = stores;
        _nodes = [.. Enumerable.Range(0, recorder.Count).Select(node => recorder[node])];
        _numbers =
        [
            .. Enumerable.Range(0, recorder.Count).Select(
                node => recorder.IsConstant(node) ? recorder.ValueOf(node) : 0),
        ];
        Guards = [.. recorder.Guards.Select(guard => guard.Node)];
        Order = OrderOf(stores.Select(store => store.Node));
        _read =
        [
            .. sources.Values.Where(source => !source.IsConstant).Select(source => source.Place),
        ];
    }

    /// <summary>What it stands for.</summary>
    public PlanScope Scope { get; }

    /// <summary>Nodes that must not be above 0.</summary>
    public int[] Guards { get; }

    /// <summary>
    /// Nodes to compute, in the order of the phases. A cosine is computed with its sine.
    /// </summary>
    public int[] Order { get; }

    /// <summary>What it leaves.</summary>
    public PlanStore[] Stores { get; }

    /// <summary>How often each kind of operation is done, guards apart.</summary>
    public OperationCount Count
    {
        get
        {
            OperationCount count = default;
            foreach (int node in Order)
            {
                count += CountOf(_nodes[node].Operation);
            }

            return count;
        }
    }

    /// <summary>The node itself.</summary>
    public GraphNode this[int node] => _nodes[node];

    /// <summary>Whether a node is read or known, not computed.</summary>
    public bool IsLeaf(int node) =>
        _nodes[node].Operation is GraphOperation.Constant or GraphOperation.Input;

    /// <summary>Whether a node is a number known beforehand.</summary>
    public bool IsConstant(int node) => _nodes[node].Operation == GraphOperation.Constant;

    /// <summary>The number of a constant node.</summary>
    public double NumberOf(int constant) => _numbers[constant];

    /// <summary>Where an input is read.</summary>
    public PlanSource SourceOf(int input) => _sources[input];

    /// <summary>Whether a place of the workspace is an input.</summary>
    public bool Reads(int place) => _read.Contains(place);

    /// <summary>Nodes that a node is computed from.</summary>
    public IEnumerable<int> OperandsOf(int node)
    {
        GraphNode it = _nodes[node];
        yield return it.A;
        if (it.Operation is not (GraphOperation.Sine or GraphOperation.Cosine))
        {
            if (it.B >= 0)
            {
                yield return it.B;
            }

            if (it.C >= 0)
            {
                yield return it.C;
            }
        }
    }

    /// <summary>Nodes that come with a node: a sine brings its cosine.</summary>
    public IEnumerable<int> ResultsOf(int node) =>
        _nodes[node].Operation == GraphOperation.Sine ? [node, _nodes[node].B] : [node];

    /// <summary>What to compute for some nodes, in the order of the phases.</summary>
    public int[] OrderOf(IEnumerable<int> roots)
    {
        bool[] needed = new bool[_nodes.Length];
        foreach (int root in roots)
        {
            needed[root] = true;
        }

        // Operands have lower numbers than what is computed from them.
        for (int node = _nodes.Length - 1; node >= 0; node--)
        {
            if (needed[node] && !IsLeaf(node))
            {
                foreach (int operand in OperandsOf(node))
                {
                    needed[operand] = true;
                }

                if (_nodes[node].Operation == GraphOperation.Cosine)
                {
                    needed[_nodes[node].B] = true;
                }
            }
        }

        return
        [
            .. Enumerable.Range(0, _nodes.Length).Where(node =>
                needed[node]
                && !IsLeaf(node)
                && _nodes[node].Operation != GraphOperation.Cosine),
        ];
    }

    private static OperationCount CountOf(GraphOperation operation) => operation switch
    {
        GraphOperation.Add or GraphOperation.Subtract => new() { Additions = 1 },
        GraphOperation.Multiply => new() { Products = 1 },
        GraphOperation.Fma or GraphOperation.Fnma => new() { Fused = 1 },
        GraphOperation.Divide => new() { Divisions = 1 },
        GraphOperation.Sqrt => new() { Roots = 1 },
        GraphOperation.Sine or GraphOperation.Pow or GraphOperation.Exp or GraphOperation.Log
            or GraphOperation.Atan2 => new() { Functions = 1 },
        _ => new() { Choices = 1 },
    };
}
