namespace HilRig.Sim.Environments;

/// <summary>Chooses actions for all envs at once.</summary>
public interface IBatchPolicy
{
    /// <summary>Chooses.</summary>
    /// <param name="observations">Shape [env, observation].</param>
    /// <param name="actions">Receives the actions. Shape [env, action].</param>
    void Act(ReadOnlySpan<float> observations, Span<float> actions);
}
