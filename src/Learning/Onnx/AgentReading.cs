using HilRig.Learning.Agents;
using HilRig.Learning.Networks;
using HilRig.Tasks;

namespace HilRig.Learning.Onnx;

/// <summary>
/// Takes an agent's policy out of its flat tensors: the online actor, the imitation policy and the
/// target critics, which select (Hu et al. 2024).
/// </summary>
internal static class AgentReading
{
    /// <summary>Reads a policy as it acts greedily.</summary>
    /// <param name="agent">The agent; a copy is taken.</param>
    /// <param name="task">The task that it learns.</param>
    public static HybridNetworks Read(Agent agent, TaskDescription task)
    {
        AgentOptions options = agent.Options;
        AgentNetworks networks = agent.Networks;
        bool imitates = !options.UsesReinforcement || options.ActorProposal;
        return new HybridNetworks
        {
            Offsets = [.. task.Observation.Select(channel => (float)channel.Offset)],
            InverseScales = [.. task.Observation.Select(channel => (float)(1 / channel.Scale))],
            History = options.History,
            Actor = networks.Actor is { } actor ? Layers(actor, 0) : null,
            Imitation = imitates ? Layers(networks.Imitation, 0) : null,
            Critics = networks.CriticTarget is { } critics
                ? [.. Enumerable.Range(0, options.CriticCount).Select(e => Layers(critics, e))]
                : [],
            SelectionMargin = imitates ? (float)agent.GreedyMargin : 0,
        };
    }

    private static DenseLayer[] Layers(FlatParameters parameters, int member) =>
    [
        .. Enumerable.Range(0, parameters.Layout.Shape.HiddenLayerCount + 1)
            .Select(layer => Layer(parameters, layer, member)),
    ];

    private static DenseLayer Layer(FlatParameters parameters, int layer, int member)
    {
        NetworkShape shape = parameters.Layout.Shape;
        int inputs = shape.InputsOf(layer);
        int outputs = shape.OutputsOf(layer);
        ReadOnlySpan<float> weight = Read("weight");
        float[] transposed = new float[weight.Length];
        for (int i = 0; i < inputs; i++)
        {
            for (int o = 0; o < outputs; o++)
            {
                transposed[(o * inputs) + i] = weight[(i * outputs) + o];
            }
        }

        ReadOnlySpan<float> bias = Read("bias");
        float[] biases = bias.ToArray();
        if (bias.Length == 1)
        {
            // The reference's critics have one bias a layer.
            biases = new float[outputs];
            Array.Fill(biases, bias[0]);
        }

        bool isNormalised = shape.LayerNormalised && layer < shape.HiddenLayerCount;
        return new DenseLayer(
            inputs,
            outputs,
            transposed,
            biases,
            isNormalised ? Read("gain").ToArray() : null,
            isNormalised ? Read("shift").ToArray() : null);

        ReadOnlySpan<float> Read(string what) =>
            parameters.Read(parameters.Layout.Find(layer, what), member);
    }
}
