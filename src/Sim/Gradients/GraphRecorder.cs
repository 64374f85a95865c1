namespace HilRig.Sim.Gradients;

/// <summary>
/// Collects the nodes that code running in <see cref="Scalars.Symbol"/> makes on this thread. Equal
/// operations on equal operands give one node; numbers known beforehand are computed at once, and
/// operations with 0, 1 and -1 vanish. (So 0 · x is 0 and x - x is 0 even were x not finite.)
/// </summary>
internal sealed class GraphRecorder : IDisposable
{
    [ThreadStatic]
    private static GraphRecorder? _current;

    private readonly List<GraphNode> _nodes = [];
    private readonly List<double> _constants = [];
    private readonly Dictionary<GraphNode, int> _known = [];
    private readonly Dictionary<long, int> _constantNodes = [];
    private readonly List<GraphGuard> _guards = [];
    private readonly HashSet<GraphGuard> _guardsSeen = [];
    private readonly GraphRecorder? _outer;

    /// <summary>Begins to record on this thread, until disposed.</summary>
    public GraphRecorder()
    {
        // Node 0 is the number 0: a symbol that nobody wrote.
        _ = Constant(0);
        _outer = _current;
        _current = this;
    }

    /// <summary>The recorder of this thread.</summary>
    /// <exception cref="InvalidOperationException">Nothing is being recorded.</exception>
    public static GraphRecorder Current => _current
        ?? throw new InvalidOperationException("a symbol was used while no graph is recorded");

    /// <summary>Nodes so far.</summary>
    public int Count => _nodes.Count;

    /// <summary>Decisions noted so far.</summary>
    public IReadOnlyList<GraphGuard> Guards => _guards;

    /// <summary>The node of a number.</summary>
    public int Constant(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        if (!_constantNodes.TryGetValue(bits, out int node))
        {
            node = Append(new(GraphOperation.Constant, -1, -1, -1), value);
            _constantNodes.Add(bits, node);
        }

        return node;
    }

    /// <summary>A new number that is given at each evaluation.</summary>
    public int Input() => Append(new(GraphOperation.Input, -1, -1, -1), double.NaN);

    /// <summary>Whether a node is a number known beforehand.</summary>
    public bool IsConstant(int node) => _nodes[node].Operation == GraphOperation.Constant;

    /// <summary>The number of a constant node.</summary>
    public double ValueOf(int constant) => _constants[constant];

    /// <summary>The node itself.</summary>
    public GraphNode this[int node] => _nodes[node];

    /// <summary>The node of an operation, new or known.</summary>
    public int Node(GraphOperation operation, int a, int b = -1, int c = -1)
    {
        var node = new GraphNode(operation, a, b, c);
        if (!_known.TryGetValue(node, out int index))
        {
            index = Append(node, double.NaN);
            _known.Add(node, index);
        }

        return index;
    }

    /// <summary>The nodes of sine and cosine of an angle, side by side.</summary>
    public (int Sine, int Cosine) SineAndCosine(int angle)
    {
        var key = new GraphNode(GraphOperation.Sine, angle, -1, -1);
        if (!_known.TryGetValue(key, out int sine))
        {
            sine = _nodes.Count;
            _ = Append(new(GraphOperation.Sine, angle, sine + 1, -1), double.NaN);
            _ = Append(new(GraphOperation.Cosine, angle, sine, -1), double.NaN);
            _known.Add(key, sine);
        }

        return (sine, sine + 1);
    }

    /// <summary>Notes a decision taken on a node.</summary>
    public void Guard(GraphGuard guard)
    {
        if (_guardsSeen.Add(guard))
        {
            _guards.Add(guard);
        }
    }

    /// <summary>The graph that computes some nodes, without what they do not need.</summary>
    /// <param name="inputs">Nodes of the inputs, in the order of evaluation's inputs.</param>
    /// <param name="outputs">Nodes wanted, in the order of evaluation's outputs.</param>
    public Graph Build(IReadOnlyList<int> inputs, IReadOnlyList<int> outputs) =>
        new GraphSchedule(_nodes, _constants).Build(inputs, outputs, _guards);

    /// <summary>Ends the recording.</summary>
    public void Dispose() => _current = _outer;

    private int Append(GraphNode node, double constant)
    {
        _nodes.Add(node);
        _constants.Add(constant);
        return _nodes.Count - 1;
    }
}
