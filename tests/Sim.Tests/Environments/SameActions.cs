using HilRig.Sim.Environments;

namespace HilRig.Sim.Tests.Environments;

/// <summary>Gives every env the same action for ever.</summary>
internal sealed class SameActions(float action) : IBatchPolicy
{
    public void Act(ReadOnlySpan<float> observations, Span<float> actions) => actions.Fill(action);
}
