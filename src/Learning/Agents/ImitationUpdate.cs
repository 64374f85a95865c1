using System.Numerics.Tensors;
using HilRig.Learning.Networks;
using HilRig.Learning.Optimization;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace HilRig.Learning.Agents;

/// <summary>
/// Behaviour cloning: L = mean over rows of the sum over dimensions of (μ(s) − a)².
/// </summary>
internal sealed class ImitationUpdate(Agent agent, AgentScratch scratch)
{
    /// <summary>One step of the imitation policy.</summary>
    public UpdateStatus UpdateImitation(TransitionBatch batch) => Update(
        batch,
        agent.Networks.ImitationNetwork,
        agent.Networks.Imitation,
        agent.Networks.ImitationAdam,
        agent.Options.ImitationDropout);

    /// <summary>One step of the actor.</summary>
    public UpdateStatus PretrainActor(TransitionBatch batch) => Update(
        batch,
        agent.Networks.ActorNetwork,
        agent.Networks.Actor!,
        agent.Networks.ActorAdam!,
        agent.Options.ActorDropout);

    private UpdateStatus Update(
        TransitionBatch batch,
        IActorNetwork network,
        FlatParameters weights,
        FusedAdam adam,
        double dropout)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor features = agent.Networks.Encoder.Encode(
            batch.ObservationTensor.At(agent.Networks.Device));
        Tensor actions = network.Run(
            weights,
            features,
            scratch.Masks(network.Layout.Shape, batch.RowCount, dropout));
        Tensor slope = empty(actions.shape);
        float loss = Slope(actions.Floats(), batch.Actions, slope.Floats(), batch.RowCount, 1);
        if (!float.IsFinite(loss))
        {
            return UpdateStatus.LossNotFinite;
        }

        Tensor gradient = network.WeightGradient(slope.At(agent.Networks.Device));
        float norm = GradientNorm.Of(gradient.Floats());
        if (!float.IsFinite(norm))
        {
            return UpdateStatus.LossNotFinite;
        }

        float scale = GradientNorm.Scale(norm, agent.Options.ImitationGradientMax);
        adam.Step(weights.Values, gradient.Floats(), scale, [], 0);
        weights.Publish();
        agent.Figures = agent.Figures with { ImitationLoss = loss };
        return UpdateStatus.Done;
    }

    /// <summary>Loss and its slope, d loss / d action = 2 weight (μ − a) / rows.</summary>
    internal static float Slope(
        ReadOnlySpan<float> actions,
        ReadOnlySpan<float> wanted,
        Span<float> slope,
        int rows,
        float weight)
    {
        TensorPrimitives.Subtract(actions, wanted, slope);
        float loss = TensorPrimitives.SumOfSquares<float>(slope) / rows;
        TensorPrimitives.Multiply(slope, 2 * weight / rows, slope);
        return loss;
    }
}
