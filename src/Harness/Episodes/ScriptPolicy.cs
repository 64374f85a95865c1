using HilRig.Core.Episodes;
using HilRig.Harness.Episodes.RealTime;
using HilRig.Tasks;

namespace HilRig.Harness.Episodes;

/// <summary>A scripted demonstrator of one episode as a policy.</summary>
/// <param name="demonstrator">The script.</param>
public sealed class ScriptPolicy(IDemonstrator demonstrator) : IEpisodePolicy
{
    /// <inheritdoc/>
    public void Begin()
    {
    }

    /// <inheritdoc/>
    public PolicyAnswer Act(
        in TaskState state, ReadOnlySpan<float> observation, Span<float> action)
    {
        demonstrator.Act(state, action);
        return new PolicyAnswer(IsValid: true, Proposer.Script);
    }
}
