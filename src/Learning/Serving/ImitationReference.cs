using HilRig.Learning.Agents;
using HilRig.Learning.Onnx;
using HilRig.Learning.Replay;
using HilRig.Tasks;

namespace HilRig.Learning.Serving;

/// <summary>What the imitation policy of an agent does by itself.</summary>
/// <param name="agent">The agent.</param>
/// <param name="task">The task that it learns.</param>
internal sealed class ImitationReference(Agent agent, TaskDescription task) : IPolicyReference
{
    private readonly ObservationScaling _scaling = new(task, agent.Options.History);

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> observations, HybridOutputs outputs)
    {
        float[] states = new float[observations.Length];
        _scaling.Normalise(observations, states);
        var result = new ActResult(outputs.RowCount, outputs.ActionCount);
        agent.Act(states, ActMode.Imitation, result);
        result.Actions.CopyTo(outputs.Action, 0);
        result.Actions.CopyTo(outputs.ReinforcementAction, 0);
        result.Actions.CopyTo(outputs.ImitationAction, 0);
        outputs.ReinforcementValue.AsSpan().Clear();
        outputs.ImitationValue.AsSpan().Clear();
        outputs.Spread.AsSpan().Clear();
    }
}
