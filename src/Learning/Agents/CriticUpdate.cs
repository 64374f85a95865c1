using HilRig.Learning.Networks;
using HilRig.Learning.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace HilRig.Learning.Agents;

/// <summary>
/// The critics' update: y = R + g · min over a random subset of Q'(s', a'), where a' is the better
/// proposal by another random subset; L = mean over rows of the sum over critics of (Q(s, a) − y)²
/// (Hu et al. 2024, algorithm 1; TD3 of Fujimoto et al. 2018 without the second proposal).
/// </summary>
internal sealed class CriticUpdate(Agent agent, AgentNoise noise, AgentScratch scratch)
{
    private readonly BellmanTarget _target = new(agent, noise, scratch);

    /// <summary>One step of the critics and of their targets.</summary>
    public UpdateStatus Update(TransitionBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        AgentNetworks networks = agent.Networks;
        float[] wanted = _target.Compute(batch);
        int rows = batch.RowCount;
        Tensor input = empty(rows, agent.ObservationCount + agent.ActionCount);
        HostTensor.Join(batch.Observations, batch.Actions, input.Floats(), rows);
        Tensor values = networks.CriticNetwork.Run(
            networks.Critic!, input.At(networks.Device));
        Tensor slope = empty(values.shape);
        AgentFigures figures = Slope(values.Floats(), wanted, slope.Floats());
        if (!float.IsFinite(figures.CriticLoss))
        {
            return UpdateStatus.LossNotFinite;
        }

        if (figures.ValueMagnitudeMax > agent.Options.DivergenceLimit)
        {
            return UpdateStatus.ValueDiverged;
        }

        Tensor gradient = networks.CriticNetwork.WeightGradient(slope.At(networks.Device));
        if (!float.IsFinite(GradientNorm.Of(gradient.Floats())))
        {
            return UpdateStatus.LossNotFinite;
        }

        networks.CriticAdam!.Step(
            networks.Critic!.Values,
            gradient.Floats(),
            1,
            networks.CriticTarget!.Values,
            (float)agent.Options.TargetRate);
        networks.Critic.Publish();
        networks.CriticTarget.Publish();
        agent.Figures = figures;
        return UpdateStatus.Done;
    }

    /// <summary>Loss and its slope, d loss / d value = 2 (Q − y) / rows.</summary>
    private AgentFigures Slope(
        ReadOnlySpan<float> values, ReadOnlySpan<float> wanted, Span<float> slope)
    {
        int rows = wanted.Length;
        double loss = 0;
        double sum = 0;
        float largest = 0;
        for (int at = 0; at < values.Length; at += rows)
        {
            for (int row = 0; row < rows; row++)
            {
                float value = values[at + row];
                float error = value - wanted[row];
                slope[at + row] = 2 * error / rows;
                loss += error * error;
                sum += value;
                largest = MathF.Max(largest, MathF.Abs(value));
            }
        }

        double target = 0;
        foreach (float value in wanted)
        {
            target += value;
        }

        return agent.Figures with
        {
            CriticLoss = (float)(loss / rows),
            ValueMean = (float)(sum / values.Length),
            ValueMagnitudeMax = largest,
            TargetMean = (float)(target / rows),
            ReinforcementShare = _target.ReinforcementShare,
            ProposalGap = _target.ProposalGap,
        };
    }
}
