namespace HilRig.Sim.Environments;

/// <summary>
/// What some control steps of all envs gave, in arrays that were reserved once. Row t holds the
/// observation before the step, the action, and what came of it.
/// </summary>
public sealed class RolloutBuffer
{
    private readonly float[] _observations;
    private readonly float[] _actions;
    private readonly float[] _rewards;
    private readonly bool[] _terminated;
    private readonly bool[] _truncated;
    private readonly float[] _lastObservations;

    internal RolloutBuffer(int steps, int envs, IEnvironmentTask task)
    {
        Steps = steps;
        _observations = new float[(steps + 1) * envs * task.ObservationCount];
        _lastObservations = new float[steps * envs * task.ObservationCount];
        _actions = new float[steps * envs * task.ActionCount];
        _rewards = new float[steps * envs];
        _terminated = new bool[steps * envs];
        _truncated = new bool[steps * envs];
    }

    /// <summary>Number of control steps.</summary>
    public int Steps { get; }

    /// <summary>Observations; one row of time more than steps. Shape [time + 1, env, n].</summary>
    public ReadOnlySpan<float> Observations => _observations;

    /// <summary>
    /// Last observation of an episode where one ended, else the next observation. Shape [time, env,
    /// n].
    /// </summary>
    public ReadOnlySpan<float> NextObservations => _lastObservations;

    /// <summary>Actions. Shape [time, env, n].</summary>
    public ReadOnlySpan<float> Actions => _actions;

    /// <summary>Rewards. Shape [time, env].</summary>
    public ReadOnlySpan<float> Rewards => _rewards;

    /// <summary>Whether the episode ended by itself. Shape [time, env].</summary>
    public ReadOnlySpan<bool> Terminated => _terminated;

    /// <summary>Whether the episode was cut. Shape [time, env].</summary>
    public ReadOnlySpan<bool> Truncated => _truncated;

    internal void Take(int step, BatchEnvironment environment, IBatchPolicy policy)
    {
        int envs = environment.EnvCount;
        int seen = envs * environment.Task.ObservationCount;
        int given = envs * environment.Task.ActionCount;
        Span<float> before = _observations.AsSpan(step * seen, seen);
        Span<float> actions = _actions.AsSpan(step * given, given);
        if (step == 0)
        {
            environment.Observations.CopyTo(before);
        }

        policy.Act(before, actions);
        environment.Step(actions);
        environment.Observations.CopyTo(_observations.AsSpan((step + 1) * seen, seen));
        environment.Rewards.CopyTo(_rewards.AsSpan(step * envs, envs));
        environment.Terminated.CopyTo(_terminated.AsSpan(step * envs, envs));
        environment.Truncated.CopyTo(_truncated.AsSpan(step * envs, envs));
        Span<float> next = _lastObservations.AsSpan(step * seen, seen);
        environment.Observations.CopyTo(next);
        int width = environment.Task.ObservationCount;
        for (int env = 0; env < envs; env++)
        {
            if (environment.Terminated[env] || environment.Truncated[env])
            {
                environment.LastObservations.Slice(env * width, width)
                    .CopyTo(next.Slice(env * width, width));
            }
        }
    }
}
