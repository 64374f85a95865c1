using HilRig.Core.Errors;
using HilRig.Tasks.Policies;

namespace HilRig.Harness.Policies;

/// <summary>
/// What keeps an actor that still learns near the imitation policy, after the graph has chosen.
/// </summary>
public sealed record SelectionSafety
{
    /// <summary>No rule: the graph's choice is executed.</summary>
    public static SelectionSafety None { get; } = new();

    /// <summary>
    /// Largest distance of the actor from the imitation in each number of the action, where
    /// learning begins. Default ∞; 2 never binds.
    /// </summary>
    public double CapAtStart { get; init; } = double.PositiveInfinity;

    /// <summary>The same once <see cref="CapSteps"/> are done. Default ∞.</summary>
    public double CapAtEnd { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// Environment steps over which the cap goes from one to the other, in equal parts. Default 0:
    /// at once.
    /// </summary>
    public long CapSteps { get; init; }

    /// <summary>
    /// Names of actions that the imitation alone commands, such as a gripper's. Default none.
    /// </summary>
    public IReadOnlyList<string> LockedActions { get; init; } = [];

    /// <summary>
    /// Largest minus smallest critic beyond which the imitation acts. Default ∞.
    /// </summary>
    public double SpreadMax { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// How far a value may leave the range of returns before the imitation acts. Default ∞.
    /// </summary>
    public double ValueTolerance { get; init; } = double.PositiveInfinity;

    /// <summary>Whether any rule can bind.</summary>
    public bool IsNone => double.IsPositiveInfinity(Math.Min(CapAtStart, CapAtEnd))
        && LockedActions.Count == 0
        && double.IsPositiveInfinity(SpreadMax)
        && double.IsPositiveInfinity(ValueTolerance);

    /// <summary>The cap of a policy that has learnt so long.</summary>
    /// <param name="environmentSteps">Steps in the environment.</param>
    public double CapAt(long environmentSteps)
    {
        if (environmentSteps >= CapSteps || CapAtStart == CapAtEnd)
        {
            return CapAtEnd;
        }

        double part = (double)Math.Max(environmentSteps, 0) / CapSteps;
        return double.IsFinite(CapAtStart) && double.IsFinite(CapAtEnd)
            ? CapAtStart + (part * (CapAtEnd - CapAtStart))
            : Math.Min(CapAtStart, CapAtEnd);
    }

    /// <summary>Checks that it can guard a policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="where">Its file, for the message.</param>
    /// <exception cref="ScenarioException">It cannot; all faults are named.</exception>
    public void Require(TaskPolicyManifest policy, string where)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var faults = new List<string>();
        foreach (string name in LockedActions)
        {
            if (!policy.Action.Any(channel => channel.Name == name))
            {
                faults.Add($"the policy has no action '{name}' to lock");
            }
        }

        if (!(CapAtStart >= 0) || !(CapAtEnd >= 0) || CapSteps < 0
            || !(SpreadMax >= 0) || !(ValueTolerance >= 0))
        {
            faults.Add("a limit is negative");
        }

        if (policy.Proposals == PolicyProposals.ActorOnly && !IsNone)
        {
            faults.Add("it has no imitation to fall back on");
        }

        if (faults.Count > 0)
        {
            throw new ScenarioException(
                "The selection safety does not fit the policy",
                where,
                found: string.Join("; ", faults),
                remedy: "actions: " + string.Join(", ", policy.Action.Select(a => a.Name)));
        }
    }
}
