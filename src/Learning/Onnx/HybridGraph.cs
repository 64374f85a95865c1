using HilRig.Tasks.Policies;

namespace HilRig.Learning.Onnx;

/// <summary>
/// Writes a whole policy as one graph: raw observation, normalisation, actor and imitation, all
/// critics on both proposals, choice. One Gemm for each layer of each critic: the runtime packs the
/// weights of a constant Gemm and fuses its rectifier, which measured faster at one row than fewer,
/// batched products of three dimensions.
/// </summary>
internal static class HybridGraph
{
    /// <summary>Epsilon of the layer normalisation.</summary>
    public const float NormalisationEpsilon = 1e-5f;

    /// <summary>Writes the file.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="name">Name of the graph.</param>
    /// <returns>The ONNX file: the same bytes for the same networks.</returns>
    public static byte[] Write(HybridNetworks networks, string name)
    {
        networks.Require();
        var graph = new OnnxGraph();
        string state = WriteNormalisation(graph, networks);
        string? actor = Policy(graph, networks.Actor, state, PolicyTensors.ReinforcementAction);
        string? imitation = Policy(graph, networks.Imitation, state, PolicyTensors.ImitationAction);
        switch (networks.Proposals)
        {
            case PolicyProposals.ActorAndImitation:
                WriteChoice(graph, networks, state, actor!, imitation!);
                break;
            case PolicyProposals.ActorOnly:
                WriteActor(graph, networks, state, actor!);
                break;
            case PolicyProposals.ImitationOnly:
                WriteImitation(graph, imitation!);
                break;
        }

        foreach (string output in new[]
        {
            PolicyTensors.Action, PolicyTensors.ReinforcementAction, PolicyTensors.ImitationAction,
        })
        {
            graph.Output(output, networks.ActionCount);
        }

        graph.Output(PolicyTensors.ReinforcementValue, null);
        graph.Output(PolicyTensors.ImitationValue, null);
        graph.Output(PolicyTensors.Spread, null);
        return graph.Encode(name, [new("hilrig.policy", $"{TaskPolicyManifest.CurrentSchema}")]);
    }

    private static string WriteNormalisation(OnnxGraph graph, HybridNetworks networks)
    {
        int width = networks.InputCount;
        string raw = graph.Input(PolicyTensors.Observation, width);
        string offset = graph.Constant("offset", Repeat(networks.Offsets, networks.History), width);
        string scale = graph.Constant(
            "inverse_scale", Repeat(networks.InverseScales, networks.History), width);
        string centred = graph.Node("Sub", "centred", [raw, offset]);
        return graph.Node("Mul", "state", [centred, scale]);
    }

    private static string? Policy(
        OnnxGraph graph, IReadOnlyList<DenseLayer>? layers, string state, string output) =>
        layers is null ? null : graph.Node("Tanh", output, [Layers(graph, layers, state, output)]);

    private static string Layers(
        OnnxGraph graph, IReadOnlyList<DenseLayer> layers, string input, string prefix)
    {
        string last = input;
        for (int i = 0; i < layers.Count; i++)
        {
            DenseLayer layer = layers[i];
            string name = $"{prefix}.{i}";
            string weight = graph.Constant(
                name + ".weight", layer.Weight, layer.OutputCount, layer.InputCount);
            string bias = graph.Constant(name + ".bias", layer.Bias, layer.OutputCount);
            last = graph.Node("Gemm", name, [last, weight, bias], OnnxAttribute.Of("transB", 1L));
            if (layer is { Gain: { } gain, Shift: { } shift })
            {
                string gains = graph.Constant(name + ".gain", gain, gain.Length);
                string shifts = graph.Constant(name + ".shift", shift, shift.Length);
                last = graph.Node(
                    "LayerNormalization",
                    name + ".normalised",
                    [last, gains, shifts],
                    OnnxAttribute.Of("axis", -1L),
                    OnnxAttribute.Of("epsilon", NormalisationEpsilon));
            }

            if (i < layers.Count - 1)
            {
                last = graph.Node("Relu", name + ".rectified", [last]);
            }
        }

        return last;
    }

    /// <summary>Both proposals go through the critics together, as 2N rows.</summary>
    private static void WriteChoice(
        OnnxGraph graph, HybridNetworks networks, string state, string actor, string imitation)
    {
        OnnxAttribute rows = OnnxAttribute.Of("axis", 0L);
        string states = graph.Node("Concat", "states", [state, state], rows);
        string actions = graph.Node("Concat", "actions", [actor, imitation], rows);
        (string smallest, string spread) = Values(graph, networks, states, actions);
        const string ActorValue = PolicyTensors.ReinforcementValue;
        const string ImitationValue = PolicyTensors.ImitationValue;
        graph.Node("Split", ["actor.value", "imitation.value"], [smallest], rows);
        graph.Node("Split", ["actor.spread", "imitation.spread"], [spread], rows);
        string bar = "imitation.value";
        if (networks.SelectionMargin != 0)
        {
            string margin = graph.Constant("margin", [networks.SelectionMargin]);
            bar = graph.Node("Add", "bar", [bar, margin]);
        }

        string chosen = graph.Node("GreaterOrEqual", "chosen", ["actor.value", bar]);
        graph.Node("Where", PolicyTensors.Action, [chosen, actor, imitation]);
        string kept = graph.Node(
            "Where", "chosen.spread", [chosen, "actor.spread", "imitation.spread"]);
        string flat = graph.Constant("flat", -1L);
        graph.Node("Reshape", ActorValue, ["actor.value", flat]);
        graph.Node("Reshape", ImitationValue, ["imitation.value", flat]);
        graph.Node("Reshape", PolicyTensors.Spread, [kept, flat]);
    }

    private static void WriteActor(
        OnnxGraph graph, HybridNetworks networks, string state, string actor)
    {
        (string smallest, string spread) = Values(graph, networks, state, actor);
        string flat = graph.Constant("flat", -1L);
        graph.Node("Identity", PolicyTensors.Action, [actor]);
        graph.Node("Identity", PolicyTensors.ImitationAction, [actor]);
        graph.Node("Reshape", PolicyTensors.ReinforcementValue, [smallest, flat]);
        graph.Node("Reshape", PolicyTensors.ImitationValue, [smallest, flat]);
        graph.Node("Reshape", PolicyTensors.Spread, [spread, flat]);
    }

    private static void WriteImitation(OnnxGraph graph, string imitation)
    {
        graph.Node("Identity", PolicyTensors.Action, [imitation]);
        graph.Node("Identity", PolicyTensors.ReinforcementAction, [imitation]);
        string rows = graph.Node(
            "Shape",
            "rows",
            [PolicyTensors.Observation],
            OnnxAttribute.Of("start", 0L),
            OnnxAttribute.Of("end", 1L));
        graph.Node("ConstantOfShape", PolicyTensors.ReinforcementValue, [rows]);
        graph.Node("ConstantOfShape", PolicyTensors.ImitationValue, [rows]);
        graph.Node("ConstantOfShape", PolicyTensors.Spread, [rows]);
    }

    /// <summary>Smallest value over all critics, and largest minus smallest. Shape [row, 1].
    /// </summary>
    private static (string Smallest, string Spread) Values(
        OnnxGraph graph, HybridNetworks networks, string states, string actions)
    {
        OnnxAttribute columns = OnnxAttribute.Of("axis", 1L);
        string pairs = graph.Node("Concat", "pairs", [states, actions], columns);
        var values = new string[networks.Critics.Count];
        for (int critic = 0; critic < values.Length; critic++)
        {
            values[critic] = Layers(graph, networks.Critics[critic], pairs, $"critic{critic}");
        }

        string all = graph.Node("Concat", "values", values, columns);
        OnnxAttribute overCritics = OnnxAttribute.List("axes", 1);
        string smallest = graph.Node("ReduceMin", "smallest", [all], overCritics);
        string largest = graph.Node("ReduceMax", "largest", [all], overCritics);
        return (smallest, graph.Node("Sub", "spread", [largest, smallest]));
    }

    private static float[] Repeat(float[] values, int count) =>
        [.. Enumerable.Repeat(values, count).SelectMany(copy => copy)];
}
