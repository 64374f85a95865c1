namespace HilRig.Sim.Gradients;

/// <summary>
/// What a piece of code computes from its inputs, as straight-line operations. Values lie one after
/// another: constants, inputs, then one a node in the order of evaluation. Immutable; shared by any
/// number of evaluators.
/// </summary>
internal sealed class Graph
{
    /// <summary>Makes a graph whose operands are value indices.</summary>
    public Graph(
        double[] constants,
        int inputCount,
        GraphNode[] nodes,
        GraphRun[] runs,
        int[] outputs,
        GraphGuard[] guards)
    {
        Constants = constants;
        InputCount = inputCount;
        Nodes = nodes;
        Runs = runs;
        Outputs = outputs;
        Guards = guards;
    }

    /// <summary>Numbers known beforehand; values 0 onwards.</summary>
    public double[] Constants { get; }

    /// <summary>Number of inputs; their values come after the constants.</summary>
    public int InputCount { get; }

    /// <summary>Operations; their values come after the inputs.</summary>
    public GraphNode[] Nodes { get; }

    /// <summary>Stretches of nodes with one operation.</summary>
    public GraphRun[] Runs { get; }

    /// <summary>Value index of each output.</summary>
    public int[] Outputs { get; }

    /// <summary>Decisions that must hold, on value indices.</summary>
    public GraphGuard[] Guards { get; }

    /// <summary>Value index of the first input.</summary>
    public int FirstInput => Constants.Length;

    /// <summary>Value index of the first node.</summary>
    public int FirstNode => Constants.Length + InputCount;

    /// <summary>Number of values.</summary>
    public int ValueCount => FirstNode + Nodes.Length;
}
