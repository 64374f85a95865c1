namespace HilRig.Tasks.Policies;

/// <summary>
/// Names of what goes into and comes out of the graph of a task's policy. All float32, N rows.
/// </summary>
public static class PolicyTensors
{
    /// <summary>
    /// The only input: raw observations, newest first, in the units of the channels. Shape
    /// [N, observation · history].
    /// </summary>
    public const string Observation = "observation";

    /// <summary>What to do: the proposal that was chosen. Shape [N, action].</summary>
    public const string Action = "action";

    /// <summary>The actor's proposal, without noise. Shape [N, action].</summary>
    public const string ReinforcementAction = "a_rl";

    /// <summary>The imitation policy's proposal. Shape [N, action].</summary>
    public const string ImitationAction = "a_il";

    /// <summary>Smallest value over all critics of the actor's proposal. Shape [N].</summary>
    public const string ReinforcementValue = "q_rl";

    /// <summary>Smallest value over all critics of the imitation's proposal. Shape [N].</summary>
    public const string ImitationValue = "q_il";

    /// <summary>
    /// Largest minus smallest value over all critics of the chosen proposal. Shape [N].
    /// </summary>
    public const string Spread = "q_spread";
}
