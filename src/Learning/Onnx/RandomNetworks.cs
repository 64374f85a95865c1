using HilRig.Core.Sampling;
using HilRig.Tasks;
using HilRig.Tasks.Policies;

namespace HilRig.Learning.Onnx;

/// <summary>
/// Networks of random weights, uniform in ±1/√inputs: they do nothing sensible, in the time that
/// trained ones take.
/// </summary>
internal static class RandomNetworks
{
    /// <summary>Draws networks of the shape of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="proposals">Which there are.</param>
    /// <param name="shape">Their sizes.</param>
    /// <param name="seed">Seed of the weights.</param>
    public static HybridNetworks Draw(
        TaskDescription task, PolicyProposals proposals, PolicySizes shape, ulong seed)
    {
        int inputCount = task.Observation.Count * shape.History;
        int actionCount = task.Action.Count;
        ulong stream = 0;
        bool hasActor = proposals != PolicyProposals.ImitationOnly;
        return new HybridNetworks
        {
            Offsets = [.. task.Observation.Select(channel => (float)channel.Offset)],
            InverseScales = [.. task.Observation.Select(channel => (float)(1 / channel.Scale))],
            History = shape.History,
            Actor = hasActor ? Layers(inputCount, shape.LayerCount, actionCount, false) : null,
            Imitation = proposals != PolicyProposals.ActorOnly
                ? Layers(inputCount, shape.ImitationLayerCount, actionCount, false)
                : null,
            Critics = hasActor
                ? [.. Enumerable.Range(0, shape.CriticCount).Select(_ => Layers(
                    inputCount + actionCount, shape.LayerCount, 1, true))]
                : [],
            SelectionMargin = 0,
        };

        DenseLayer[] Layers(int input, int hidden, int output, bool isNormalised)
        {
            var layers = new DenseLayer[hidden + 1];
            for (int i = 0; i <= hidden; i++)
            {
                int inputs = i == 0 ? input : shape.Width;
                int outputs = i == hidden ? output : shape.Width;
                layers[i] = Layer(
                    new CounterRandom(seed, stream++), inputs, outputs, isNormalised && i < hidden);
            }

            return layers;
        }
    }

    private static DenseLayer Layer(
        CounterRandom random, int inputs, int outputs, bool isNormalised)
    {
        float bound = 1 / MathF.Sqrt(inputs);
        float[] numbers = new float[(inputs * outputs) + (3 * outputs)];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = bound * (float)random.Symmetric((ulong)i);
        }

        int weights = inputs * outputs;
        return new DenseLayer(
            inputs,
            outputs,
            numbers[..weights],
            numbers[weights..(weights + outputs)],
            isNormalised ? [.. numbers[^(2 * outputs)..^outputs].Select(gain => 1 + gain)] : null,
            isNormalised ? numbers[^outputs..] : null);
    }
}
