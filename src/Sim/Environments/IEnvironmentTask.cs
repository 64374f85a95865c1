namespace HilRig.Sim.Environments;

/// <summary>
/// What a policy is to learn, for all envs at once: spans have a row an env. Called by one thread,
/// once a control step each; allocate nothing.
/// </summary>
public interface IEnvironmentTask
{
    /// <summary>Numbers that a policy sees of an env.</summary>
    int ObservationCount { get; }

    /// <summary>Numbers that a policy gives an env.</summary>
    int ActionCount { get; }

    /// <summary>
    /// Prepares an env for an episode, after it was reset and randomised; may write its state.
    /// </summary>
    /// <param name="scene">All envs.</param>
    /// <param name="env">The env.</param>
    void Reset(EnvironmentScene scene, int env);

    /// <summary>Turns actions into <see cref="EnvironmentScene.Control"/>.</summary>
    /// <param name="scene">All envs.</param>
    /// <param name="actions">Shape [env, action].</param>
    void Act(EnvironmentScene scene, ReadOnlySpan<float> actions);

    /// <summary>What a policy sees.</summary>
    /// <param name="scene">All envs.</param>
    /// <param name="observations">Receives it. Shape [env, observation].</param>
    void Observe(EnvironmentScene scene, Span<float> observations);

    /// <summary>Reward of the control step that was just taken.</summary>
    /// <param name="scene">All envs.</param>
    /// <param name="rewards">Receives it. Shape [env].</param>
    void Reward(EnvironmentScene scene, Span<float> rewards);

    /// <summary>Which episodes have ended by themselves.</summary>
    /// <param name="scene">All envs.</param>
    /// <param name="terminated">Receives it. Shape [env].</param>
    void Terminate(EnvironmentScene scene, Span<bool> terminated);
}
