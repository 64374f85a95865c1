using HilRig.Learning.Networks;
using static TorchSharp.torch;

namespace HilRig.Learning.Agents;

/// <summary>
/// What the critics should say: y = R + g · min over a random subset of Q'(s', a'). Proposals of a'
/// are clamp(π'(s') + clip(noise)) with dropout on, and μ(s'); a second random subset of the target
/// critics chooses between them.
/// </summary>
internal sealed class BellmanTarget(Agent agent, AgentNoise noise, AgentScratch scratch)
{
    private readonly int[] _choosing = new int[agent.Options.SubsetCount];
    private readonly int[] _judging = new int[agent.Options.SubsetCount];

    /// <summary>Share of the last rows that took the actor's proposal.</summary>
    public float ReinforcementShare { get; private set; } = 1;

    /// <summary>Mean of value of the actor's less the imitation's proposal, of the last rows.
    /// </summary>
    public float ProposalGap { get; private set; } = float.NaN;

    /// <summary>Computes the targets of a batch; tensors go to the caller's scope.</summary>
    /// <returns>Shape [row].</returns>
    public float[] Compute(TransitionBatch batch)
    {
        using IDisposable none = no_grad();
        AgentOptions options = agent.Options;
        AgentNetworks networks = agent.Networks;
        int rows = batch.RowCount;
        int width = agent.ObservationCount + agent.ActionCount;
        Tensor features = networks.Encoder.Encode(
            batch.NextObservationTensor.At(networks.Device));
        Tensor mean = networks.ActorNetwork.Evaluate(
            networks.ActorTarget!,
            features,
            scratch.Masks(networks.ActorNetwork.Layout.Shape, rows, options.ActorDropout));
        float[] actions = mean.Floats().ToArray();
        float[] shift = new float[actions.Length];
        scratch.FillShift(actions, options.Noise, options.NoiseLimit, shift);
        for (int i = 0; i < actions.Length; i++)
        {
            actions[i] += shift[i];
        }

        Tensor chosen = empty(rows, width);
        HostTensor.Join(batch.NextObservations, actions, chosen.Floats(), rows);
        float[] values = options.BootstrapProposal
            ? ValuesOfBetter(batch, features, chosen)
            : Evaluate(chosen, rows);
        for (int row = 0; row < rows; row++)
        {
            float target = batch.Returns[row] + (batch.Discounts[row] * values[row]);
            values[row] = options.ClipTargets ? Math.Clamp(target, 0, 1) : target;
        }

        return values;
    }

    /// <summary>Replaces actions in the rows where the imitation's is taken, then judges.</summary>
    private float[] ValuesOfBetter(TransitionBatch batch, Tensor features, Tensor chosen)
    {
        AgentNetworks networks = agent.Networks;
        int rows = batch.RowCount;
        int width = agent.ObservationCount + agent.ActionCount;
        Tensor imitation = networks.ImitationNetwork.Evaluate(
            networks.Imitation, features, null);
        Tensor both = empty(2 * rows, width);
        Span<float> joined = both.Floats();
        chosen.Floats().CopyTo(joined);
        HostTensor.Join(
            batch.NextObservations, imitation.Floats(), joined[(rows * width)..], rows);
        noise.FillSubset(_choosing, agent.Options.CriticCount);
        Tensor values = networks.CriticNetwork.Evaluate(
            networks.CriticTarget!, both.At(networks.Device), _choosing);
        float[] least = new float[2 * rows];
        ProposalRule.Least(values.Floats(), least);
        Take(least, joined, chosen.Floats(), rows);
        return Evaluate(chosen, rows);
    }

    private void Take(ReadOnlySpan<float> least, Span<float> both, Span<float> chosen, int rows)
    {
        AgentOptions options = agent.Options;
        int width = chosen.Length / rows;
        float[] units = new float[rows];
        bool soft = options.Rule == SelectionRule.Soft;
        if (soft)
        {
            noise.FillUnit(units);
        }

        double gaps = 0;
        int reinforced = 0;
        double softness = agent.Softness;
        for (int row = 0; row < rows; row++)
        {
            float gap = least[row] - least[rows + row];
            gaps += gap;
            bool takes = soft
                ? ProposalRule.Soft(gap, agent.SelectionMargin, softness, units[row])
                : ProposalRule.Greedy(gap, agent.SelectionMargin);
            reinforced += takes ? 1 : 0;
            if (!takes)
            {
                both.Slice((rows + row) * width, width).CopyTo(chosen[(row * width)..]);
            }
        }

        ReinforcementShare = reinforced / (float)rows;
        ProposalGap = (float)(gaps / rows);
    }

    private float[] Evaluate(Tensor input, int rows)
    {
        noise.FillSubset(_judging, agent.Options.CriticCount);
        Tensor values = agent.Networks.CriticNetwork.Evaluate(
            agent.Networks.CriticTarget!, input.At(agent.Networks.Device), _judging);
        float[] least = new float[rows];
        ProposalRule.Least(values.Floats(), least);
        return least;
    }
}
