using HilRig.Core.Episodes;
using HilRig.Learning.Networks;
using static TorchSharp.torch;

namespace HilRig.Learning.Agents;

/// <summary>Acting: the two proposals, their values by the target critics, the choice.</summary>
internal sealed class AgentActing(Agent agent, AgentNoise noise, AgentScratch scratch)
{
    private readonly int[] _all = [.. Enumerable.Range(0, agent.Options.CriticCount)];
    private readonly int[] _subset = new int[agent.Options.SubsetCount];

    /// <summary>Acts.</summary>
    public void Act(ReadOnlySpan<float> observations, ActMode mode, ActResult result)
    {
        AgentOptions options = agent.Options;
        Array.Fill(result.ReinforcementValues, float.NaN);
        Array.Fill(result.ImitationValues, float.NaN);
        if (mode == ActMode.Uniform)
        {
            noise.FillSymmetric(result.Actions);
            Array.Fill(result.Proposers, Proposer.Random);
            return;
        }

        bool hybrid = mode is ActMode.Explore or ActMode.Greedy;
        bool imitates = mode == ActMode.Imitation
            || (hybrid && (!options.UsesReinforcement || options.ActorProposal));
        bool reinforces = mode == ActMode.Actor || (hybrid && options.UsesReinforcement);
        int rows = result.RowCount;
        Tensor input = empty(rows, agent.ObservationCount);
        observations.CopyTo(input.Floats());
        Tensor features = agent.Networks.Encoder.Encode(input.At(agent.Networks.Device));
        Tensor? imitation = imitates
            ? agent.Networks.ImitationNetwork.Evaluate(
                agent.Networks.Imitation, features, null)
            : null;
        Tensor? actor = reinforces ? Propose(features, mode) : null;
        (imitation ?? actor)!.Floats().CopyTo(result.Actions);
        Array.Fill(result.Proposers, imitates ? Proposer.Imitation : Proposer.Reinforcement);
        if (actor is not null && agent.Networks.CriticTarget is not null)
        {
            Choose(observations, actor, imitation, mode, result);
        }
    }

    private Tensor Propose(Tensor features, ActMode mode)
    {
        Tensor mean = agent.Networks.ActorNetwork.Evaluate(
            agent.Networks.Actor!, features, null);
        if (mode == ActMode.Explore)
        {
            Tensor shift = empty(mean.shape);
            scratch.FillShift(
                mean.Floats(),
                agent.Options.Noise,
                double.PositiveInfinity,
                shift.Floats());
            mean = mean.add_(shift.At(agent.Networks.Device));
        }

        return mean;
    }

    private void Choose(
        ReadOnlySpan<float> observations,
        Tensor actor,
        Tensor? imitation,
        ActMode mode,
        ActResult result)
    {
        AgentOptions options = agent.Options;
        int rows = result.RowCount;
        int proposals = imitation is null ? 1 : 2;
        int width = agent.ObservationCount + agent.ActionCount;
        Tensor input = empty(proposals * rows, width);
        Span<float> joined = input.Floats();
        HostTensor.Join(observations, actor.Floats(), joined, rows);
        if (imitation is not null)
        {
            HostTensor.Join(observations, imitation.Floats(), joined[(rows * width)..], rows);
        }

        int[] members = mode == ActMode.Explore ? _subset : _all;
        if (mode == ActMode.Explore)
        {
            noise.FillSubset(_subset, options.CriticCount);
        }

        Tensor values = agent.Networks.CriticNetwork.Evaluate(
            agent.Networks.CriticTarget!, input.At(agent.Networks.Device), members);
        float[] least = new float[proposals * rows];
        ProposalRule.Least(values.Floats(), least);
        least.AsSpan(0, rows).CopyTo(result.ReinforcementValues);
        if (imitation is null)
        {
            return;
        }

        least.AsSpan(rows).CopyTo(result.ImitationValues);
        float[] units = new float[rows];
        bool soft = mode == ActMode.Explore && options.Rule == SelectionRule.Soft;
        if (soft)
        {
            noise.FillUnit(units);
        }

        double margin = mode == ActMode.Explore ? agent.SelectionMargin : agent.GreedyMargin;
        ReadOnlySpan<float> actions = actor.Floats();
        for (int row = 0; row < rows; row++)
        {
            float gap = least[row] - least[rows + row];
            bool takes = soft
                ? ProposalRule.Soft(gap, margin, agent.Softness, units[row])
                : ProposalRule.Greedy(gap, margin);
            if (takes)
            {
                result.Proposers[row] = Proposer.Reinforcement;
                actions.Slice(row * agent.ActionCount, agent.ActionCount)
                    .CopyTo(result.Actions.AsSpan(row * agent.ActionCount));
            }
        }
    }
}
