namespace HilRig.Sim.Gradients;

/// <summary>
/// Turns recorded nodes into a graph: drops what no output or guard needs, and orders the rest so
/// that nodes with one operation follow one another in long runs (an evaluator then branches once a
/// run, not once a node).
/// </summary>
internal sealed class GraphSchedule
{
    private static readonly int OperationCount = Enum.GetValues<GraphOperation>().Length;

    private readonly List<GraphNode> _nodes;
    private readonly List<double> _numbers;
    private readonly bool[] _needed;
    private readonly int[] _placeOf;
    private readonly int[] _waitingFor;
    private readonly List<int>[] _usersOf;
    private readonly Queue<int>[] _ready;
    private readonly List<double> _constants = [];
    private readonly List<int> _order = [];
    private readonly List<GraphRun> _runs = [];

    public GraphSchedule(List<GraphNode> nodes, List<double> numbers)
    {
        _nodes = nodes;
        _numbers = numbers;
        _needed = new bool[nodes.Count];
        _placeOf = new int[nodes.Count];
        _waitingFor = new int[nodes.Count];
        _usersOf = new List<int>[nodes.Count];
        _ready = new Queue<int>[OperationCount];
        for (int i = 0; i < OperationCount; i++)
        {
            _ready[i] = new();
        }
    }

    /// <summary>The graph of some outputs; called once.</summary>
    public Graph Build(
        IReadOnlyList<int> inputs, IReadOnlyList<int> outputs, IReadOnlyList<GraphGuard> guards)
    {
        Mark([.. outputs, .. guards.Select(guard => guard.Node)]);
        Array.Fill(_placeOf, -1);
        PlaceConstants();
        for (int i = 0; i < inputs.Count; i++)
        {
            _placeOf[inputs[i]] = _constants.Count + i;
        }

        int firstNode = _constants.Count + inputs.Count;
        Await();
        Order(firstNode);
        GraphNode[] nodes = [.. _order.Select(Placed)];
        GraphGuard[] placedGuards =
            [.. guards.Select(guard => guard with { Node = _placeOf[guard.Node] })];
        return new Graph(
            [.. _constants],
            inputs.Count,
            nodes,
            [.. _runs],
            [.. outputs.Select(node => _placeOf[node])],
            placedGuards);
    }

    private void Mark(int[] roots)
    {
        foreach (int root in roots)
        {
            _needed[root] = true;
        }

        // Operands come before users, except that a sine names the cosine right after it.
        for (int node = _nodes.Count - 1; node >= 0; node--)
        {
            if (_needed[node])
            {
                Need(_nodes[node].A);
                Need(_nodes[node].B);
                Need(_nodes[node].C);
            }
        }
    }

    private void Need(int node)
    {
        if (node >= 0)
        {
            _needed[node] = true;
        }
    }

    private void PlaceConstants()
    {
        for (int node = 0; node < _nodes.Count; node++)
        {
            if (_needed[node] && _nodes[node].Operation == GraphOperation.Constant)
            {
                _placeOf[node] = _constants.Count;
                _constants.Add(_numbers[node]);
            }
        }
    }

    // Counts the operands each node waits for. A cosine is placed with its sine.
    private void Await()
    {
        for (int node = 0; node < _nodes.Count; node++)
        {
            GraphOperation operation = _nodes[node].Operation;
            if (!_needed[node]
                || operation is GraphOperation.Constant or GraphOperation.Input
                    or GraphOperation.Cosine)
            {
                continue;
            }

            Wait(node, _nodes[node].A);
            if (operation != GraphOperation.Sine)
            {
                Wait(node, _nodes[node].B);
                Wait(node, _nodes[node].C);
            }

            if (_waitingFor[node] == 0)
            {
                _ready[(int)operation].Enqueue(node);
            }
        }
    }

    private void Wait(int node, int operand)
    {
        if (operand >= 0 && _placeOf[operand] < 0)
        {
            _waitingFor[node]++;
            (_usersOf[operand] ??= []).Add(node);
        }
    }

    private void Order(int firstNode)
    {
        while (true)
        {
            int operation = Fullest();
            if (_ready[operation].Count == 0)
            {
                return;
            }

            int first = _order.Count;
            while (_ready[operation].TryDequeue(out int node))
            {
                Place(node, firstNode);
                if (operation == (int)GraphOperation.Sine)
                {
                    // Sine and cosine take turns; the sine's evaluation writes both.
                    Place(_nodes[node].B, firstNode);
                }
            }

            _runs.Add(new((GraphOperation)operation, first, _order.Count));
        }
    }

    private int Fullest()
    {
        int best = 0;
        for (int i = 1; i < OperationCount; i++)
        {
            if (_ready[i].Count > _ready[best].Count)
            {
                best = i;
            }
        }

        return best;
    }

    private void Place(int node, int firstNode)
    {
        _placeOf[node] = firstNode + _order.Count;
        _order.Add(node);
        foreach (int user in _usersOf[node] ?? [])
        {
            if (--_waitingFor[user] == 0)
            {
                _ready[(int)_nodes[user].Operation].Enqueue(user);
            }
        }
    }

    private GraphNode Placed(int node) => _nodes[node] with
    {
        A = PlaceOf(_nodes[node].A),
        B = PlaceOf(_nodes[node].B),
        C = PlaceOf(_nodes[node].C),
    };

    private int PlaceOf(int node) => node < 0 ? -1 : _placeOf[node];
}
