using HilRig.Learning.Networks;
using HilRig.Learning.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace HilRig.Learning.Agents;

/// <summary>
/// The actor's update: L = −mean over rows of min over all critics of Q(s, clamp(π(s) + noise)),
/// the clamp passed straight through; the imitation policy has no part. RFT adds weight · λ · the
/// cloning loss on demonstrations, where λ is the share of rows at which the pretrained actor is
/// the better (Hu et al. 2024, appendix).
/// </summary>
internal sealed class ActorUpdate(Agent agent, AgentScratch scratch)
{
    private readonly int[] _all = [.. Enumerable.Range(0, agent.Options.CriticCount)];

    /// <summary>One step of the actor and of its target.</summary>
    public UpdateStatus Update(TransitionBatch batch, TransitionBatch? demonstrations)
    {
        using DisposeScope scope = NewDisposeScope();
        AgentNetworks networks = agent.Networks;
        bool clones = agent.Options.CloningWeight > 0;
        float share = clones && agent.Options.CloningFilter
            ? ShareOfPretrained(demonstrations!)
            : 1;
        Tensor actions = Propose(batch, clones ? demonstrations : null);
        Tensor slope = zeros(actions.shape);
        int split = batch.RowCount * agent.ActionCount;
        float loss = Improve(
            batch, actions.Floats()[..split], slope.Floats()[..split]);
        if (clones)
        {
            float weight = (float)agent.Options.CloningWeight * share;
            loss += weight * ImitationUpdate.Slope(
                actions.Floats()[split..],
                demonstrations!.Actions,
                slope.Floats()[split..],
                demonstrations.RowCount,
                weight);
        }

        if (!float.IsFinite(loss))
        {
            return UpdateStatus.LossNotFinite;
        }

        Tensor gradient = networks.ActorNetwork.WeightGradient(slope.At(networks.Device));
        if (!float.IsFinite(GradientNorm.Of(gradient.Floats())))
        {
            return UpdateStatus.LossNotFinite;
        }

        networks.ActorAdam!.Step(
            networks.Actor!.Values,
            gradient.Floats(),
            1,
            networks.ActorTarget!.Values,
            (float)agent.Options.TargetRate);
        networks.Actor.Publish();
        networks.ActorTarget.Publish();
        agent.Figures = agent.Figures with { ActorLoss = loss, CloningShare = share };
        return UpdateStatus.Done;
    }

    /// <summary>Actions of the batch, then of the demonstrations, with dropout.</summary>
    private Tensor Propose(TransitionBatch batch, TransitionBatch? demonstrations)
    {
        AgentNetworks networks = agent.Networks;
        Tensor observations = demonstrations is null
            ? batch.ObservationTensor
            : cat([batch.ObservationTensor, demonstrations.ObservationTensor], 0);
        int rows = batch.RowCount + (demonstrations?.RowCount ?? 0);
        return networks.ActorNetwork.Run(
            networks.Actor!,
            networks.Encoder.Encode(observations.At(networks.Device)),
            scratch.Masks(
                networks.ActorNetwork.Layout.Shape, rows, agent.Options.ActorDropout));
    }

    /// <summary>Loss by the critics, and its slope by way of their input.</summary>
    private float Improve(
        TransitionBatch batch, ReadOnlySpan<float> actions, Span<float> actionSlope)
    {
        AgentNetworks networks = agent.Networks;
        int rows = batch.RowCount;
        float[] moved = new float[actions.Length];
        scratch.FillShift(actions, agent.Options.Noise, agent.Options.NoiseLimit, moved);
        for (int i = 0; i < moved.Length; i++)
        {
            moved[i] += actions[i];
        }

        int width = agent.ObservationCount + agent.ActionCount;
        Tensor input = empty(rows, width);
        HostTensor.Join(batch.Observations, moved, input.Floats(), rows);
        Tensor values = networks.CriticNetwork.Run(
            networks.Critic!, input.At(networks.Device));
        Tensor slope = zeros(values.shape);
        float loss = Slope(values.Floats(), slope.Floats(), rows);
        ReadOnlySpan<float> inputSlope =
            networks.CriticNetwork.InputGradient(slope.At(networks.Device)).Floats();
        for (int row = 0; row < rows; row++)
        {
            inputSlope.Slice((row * width) + agent.ObservationCount, agent.ActionCount)
                .CopyTo(actionSlope[(row * agent.ActionCount)..]);
        }

        return loss;
    }

    /// <summary>Loss and its slope: −1/rows at the smallest value of each row, else 0.</summary>
    private static float Slope(ReadOnlySpan<float> values, Span<float> slope, int rows)
    {
        double sum = 0;
        for (int row = 0; row < rows; row++)
        {
            int least = row;
            for (int at = row; at < values.Length; at += rows)
            {
                least = values[at] < values[least] ? at : least;
            }

            slope[least] = -1f / rows;
            sum += values[least];
        }

        return (float)(-sum / rows);
    }

    /// <summary>
    /// Share of demonstrations where the smallest of all critics is larger for the pretrained actor
    /// than for the actor, both without dropout and noise.
    /// </summary>
    private float ShareOfPretrained(TransitionBatch demonstrations)
    {
        AgentNetworks networks = agent.Networks;
        int rows = demonstrations.RowCount;
        Tensor features = networks.Encoder.Encode(
            demonstrations.ObservationTensor.At(networks.Device));
        float[] now = Least(networks.Actor!);
        float[] before = Least(networks.Pretrained!);
        int better = 0;
        for (int row = 0; row < rows; row++)
        {
            better += before[row] > now[row] ? 1 : 0;
        }

        return better / (float)rows;

        float[] Least(FlatParameters weights)
        {
            Tensor actions = networks.ActorNetwork.Evaluate(weights, features, null);
            Tensor values = networks.CriticNetwork.Evaluate(
                networks.Critic!, cat([features, actions], 1), _all);
            float[] least = new float[rows];
            ProposalRule.Least(values.Floats(), least);
            return least;
        }
    }
}
