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
        Tensor features = networks.Encoder.Encode(batch.ObservationTensor.At(networks.Device));
        Tensor mean = Propose(features, batch.RowCount);
        Tensor shift = empty(mean.shape);
        scratch.FillShift(
            mean.Floats(), agent.Options.Noise, agent.Options.NoiseLimit, shift.Floats());
        Tensor input = cat([features, (mean + shift.At(networks.Device)).detach()], 1);
        Tensor values = networks.CriticNetwork.Run(networks.Critic!, input);
        Tensor slope = zeros(values.shape);
        float loss = Slope(values.Floats(), slope.Floats(), batch.RowCount);
        Tensor toAction = networks.CriticNetwork.InputGradient(slope.At(networks.Device))
            .narrow(1, networks.Encoder.FeatureCount, agent.ActionCount);
        List<Tensor> outputs = [mean];
        List<Tensor> slopes = [toAction];
        float share = 1;
        if (agent.Options.CloningWeight > 0)
        {
            share = agent.Options.CloningFilter ? ShareOfPretrained(demonstrations!) : 1;
            loss += AddCloning(demonstrations!, share, outputs, slopes);
        }

        if (!float.IsFinite(loss))
        {
            return UpdateStatus.LossNotFinite;
        }

        Tensor gradient = autograd.grad(outputs, [networks.Actor!.Leaf], slopes)[0];
        if (!float.IsFinite(GradientNorm.Of(gradient.Floats())))
        {
            return UpdateStatus.LossNotFinite;
        }

        networks.ActorAdam!.Step(
            networks.Actor.Values,
            gradient.Floats(),
            1,
            networks.ActorTarget!.Values,
            (float)agent.Options.TargetRate);
        networks.Actor.Publish();
        networks.ActorTarget.Publish();
        agent.Figures = agent.Figures with { ActorLoss = loss, CloningShare = share };
        return UpdateStatus.Done;
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

    private Tensor Propose(Tensor features, int rows) => agent.Networks.ActorNetwork.Forward(
        agent.Networks.Actor!.Leaf,
        features,
        scratch.Masks(
            agent.Networks.ActorNetwork.Layout.Shape, rows, agent.Options.ActorDropout));

    private float AddCloning(
        TransitionBatch demonstrations, float share, List<Tensor> outputs, List<Tensor> slopes)
    {
        float weight = (float)agent.Options.CloningWeight * share;
        Tensor actions = Propose(
            agent.Networks.Encoder.Encode(
                demonstrations.ObservationTensor.At(agent.Networks.Device)),
            demonstrations.RowCount);
        Tensor slope = empty(actions.shape);
        float loss = ImitationUpdate.Slope(
            actions.Floats(),
            demonstrations.Actions,
            slope.Floats(),
            demonstrations.RowCount,
            weight);
        outputs.Add(actions);
        slopes.Add(slope.At(agent.Networks.Device));
        return weight * loss;
    }

    /// <summary>
    /// Share of demonstrations where the smallest of all critics is larger for the pretrained actor
    /// than for the actor, both without dropout and noise.
    /// </summary>
    private float ShareOfPretrained(TransitionBatch demonstrations)
    {
        using IDisposable none = no_grad();
        AgentNetworks networks = agent.Networks;
        int rows = demonstrations.RowCount;
        Tensor features = networks.Encoder.Encode(
            demonstrations.ObservationTensor.At(networks.Device));
        float[] now = Least(networks.Actor!.Fixed);
        float[] before = Least(networks.Pretrained!.Fixed);
        int better = 0;
        for (int row = 0; row < rows; row++)
        {
            better += before[row] > now[row] ? 1 : 0;
        }

        return better / (float)rows;

        float[] Least(Tensor flat)
        {
            Tensor actions = networks.ActorNetwork.Forward(flat, features, null);
            Tensor values = networks.CriticNetwork.Evaluate(
                networks.Critic!, cat([features, actions], 1), _all);
            float[] least = new float[rows];
            ProposalRule.Least(values.Floats(), least);
            return least;
        }
    }
}
