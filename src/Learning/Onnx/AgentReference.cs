using HilRig.Learning.Agents;
using HilRig.Learning.Replay;
using HilRig.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace HilRig.Learning.Onnx;

/// <summary>What an agent does when it acts greedily, by torch.</summary>
/// <param name="agent">The agent.</param>
/// <param name="task">The task that it learns.</param>
internal sealed class AgentReference(Agent agent, TaskDescription task) : IPolicyReference
{
    private readonly ObservationScaling _scaling = new(task, agent.Options.History);

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> observations, HybridOutputs outputs)
    {
        float[] states = new float[observations.Length];
        _scaling.Normalise(observations, states);
        var result = new ActResult(outputs.RowCount, outputs.ActionCount);
        bool imitates = !agent.Options.UsesReinforcement || agent.Options.ActorProposal;
        bool reinforces = agent.Options.UsesReinforcement;
        agent.Act(states, reinforces ? ActMode.Actor : ActMode.Imitation, result);
        result.Actions.CopyTo(outputs.ReinforcementAction, 0);
        agent.Act(states, imitates ? ActMode.Imitation : ActMode.Actor, result);
        result.Actions.CopyTo(outputs.ImitationAction, 0);
        agent.Act(states, ActMode.Greedy, result);
        result.Actions.CopyTo(outputs.Action, 0);
        if (!reinforces)
        {
            outputs.ReinforcementValue.AsSpan().Clear();
            outputs.ImitationValue.AsSpan().Clear();
            outputs.Spread.AsSpan().Clear();
            return;
        }

        result.ReinforcementValues.CopyTo(outputs.ReinforcementValue, 0);
        (imitates ? result.ImitationValues : result.ReinforcementValues)
            .CopyTo(outputs.ImitationValue, 0);
        Spread(states, outputs);
    }

    private void Spread(float[] states, HybridOutputs outputs)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        int rows = outputs.RowCount;
        int width = agent.ObservationCount + agent.ActionCount;
        float[] joined = new float[rows * width];
        for (int row = 0; row < rows; row++)
        {
            states.AsSpan(row * agent.ObservationCount, agent.ObservationCount)
                .CopyTo(joined.AsSpan(row * width));
            outputs.Action.AsSpan(row * agent.ActionCount, agent.ActionCount)
                .CopyTo(joined.AsSpan((row * width) + agent.ObservationCount));
        }

        int[] all = [.. Enumerable.Range(0, agent.Options.CriticCount)];
        Tensor input = tensor(joined, [rows, width], device: agent.Networks.Device);
        Tensor values = agent.Networks.CriticNetwork.Evaluate(
            agent.Networks.CriticTarget!, input, all);
        Tensor spread = values.amax([0]) - values.amin([0]);
        spread.cpu().data<float>().CopyTo(outputs.Spread);
    }
}
