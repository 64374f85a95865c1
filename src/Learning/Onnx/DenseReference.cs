namespace HilRig.Learning.Onnx;

/// <summary>
/// Says in plain double arithmetic, layer by layer, what a policy does: slow, and independent of
/// both torch and ONNX Runtime.
/// </summary>
/// <param name="networks">The networks.</param>
internal sealed class DenseReference(HybridNetworks networks) : IPolicyReference
{
    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> observations, HybridOutputs outputs)
    {
        int width = networks.InputCount;
        for (int row = 0; row < outputs.RowCount; row++)
        {
            Evaluate(Normalise(observations.Slice(row * width, width)), row, outputs);
        }
    }

    private void Evaluate(double[] state, int row, HybridOutputs outputs)
    {
        double[] actor = Tanh(Layers(networks.Actor ?? networks.Imitation!, state));
        double[] imitation = Tanh(Layers(networks.Imitation ?? networks.Actor!, state));
        double[] actorValues = Values(state, actor);
        double[] imitationValues = Values(state, imitation);
        bool isActor = actorValues.Min() >= imitationValues.Min() + networks.SelectionMargin;
        double[] kept = isActor ? actorValues : imitationValues;
        Store(actor, outputs.ReinforcementAction, row);
        Store(imitation, outputs.ImitationAction, row);
        Store(isActor ? actor : imitation, outputs.Action, row);
        outputs.ReinforcementValue[row] = (float)actorValues.Min();
        outputs.ImitationValue[row] = (float)imitationValues.Min();
        outputs.Spread[row] = (float)(kept.Max() - kept.Min());
    }

    private double[] Normalise(ReadOnlySpan<float> raw)
    {
        double[] state = new double[raw.Length];
        for (int i = 0; i < state.Length; i++)
        {
            int channel = i % networks.Offsets.Length;
            state[i] = (raw[i] - networks.Offsets[channel]) * networks.InverseScales[channel];
        }

        return state;
    }

    private double[] Values(double[] state, double[] action) => networks.Critics.Count == 0
        ? [0]
        : [.. networks.Critics.Select(critic => Layers(critic, [.. state, .. action])[0])];

    private static double[] Layers(IReadOnlyList<DenseLayer> layers, double[] input)
    {
        double[] last = input;
        for (int i = 0; i < layers.Count; i++)
        {
            last = Layer(layers[i], last);
            if (i < layers.Count - 1)
            {
                last = [.. last.Select(value => Math.Max(value, 0))];
            }
        }

        return last;
    }

    private static double[] Layer(DenseLayer layer, double[] input)
    {
        double[] output = new double[layer.OutputCount];
        for (int o = 0; o < output.Length; o++)
        {
            double sum = layer.Bias[o];
            for (int i = 0; i < input.Length; i++)
            {
                sum += (double)layer.Weight[(o * input.Length) + i] * input[i];
            }

            output[o] = sum;
        }

        return layer is { Gain: { } gain, Shift: { } shift }
            ? Normalise(output, gain, shift)
            : output;
    }

    private static double[] Normalise(double[] values, float[] gain, float[] shift)
    {
        double mean = values.Average();
        double variance = values.Average(value => (value - mean) * (value - mean));
        double scale = 1 / Math.Sqrt(variance + HybridGraph.NormalisationEpsilon);
        return [.. values.Select((value, i) => ((value - mean) * scale * gain[i]) + shift[i])];
    }

    private static double[] Tanh(double[] values) => [.. values.Select(Math.Tanh)];

    private static void Store(double[] action, float[] target, int row)
    {
        for (int i = 0; i < action.Length; i++)
        {
            target[(row * action.Length) + i] = (float)action[i];
        }
    }
}
