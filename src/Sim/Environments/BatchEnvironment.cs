using HilRig.Core.Errors;
using HilRig.Sim.Batch;
using HilRig.Sim.Models;

namespace HilRig.Sim.Environments;

/// <summary>
/// Many envs with a task: actions in, observations, rewards and ends of episodes out. An env whose
/// episode ends is reset at once, so its observation is the first of the next episode; the last of
/// the old one is in <see cref="LastObservations"/>. An env that is not finite ends with reward 0.
/// After the first steps nothing allocates.
/// </summary>
public sealed class BatchEnvironment : IDisposable
{
    private readonly EnvironmentOptions _options;
    private readonly IEnvironmentTask _task;
    private readonly BatchSimulation _batch;
    private readonly EnvironmentScene _scene;
    private readonly Randomization[] _events;
    private readonly float[] _observations;
    private readonly float[] _lastObservations;
    private readonly float[] _rewards;
    private readonly bool[] _terminated;
    private readonly bool[] _truncated;
    private readonly int[] _oneEnv = new int[1];

    /// <summary>Makes the envs, applies startup events and resets all.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="task">What is to be learnt.</param>
    /// <param name="options">How it runs.</param>
    /// <exception cref="ModelException">An option or an event does not fit the model.</exception>
    public BatchEnvironment(Model model, IEnvironmentTask task, EnvironmentOptions options)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _task = task;
        _batch = new BatchSimulation(
            model, options.EnvCount, options.Batch with { OnFault = FaultPolicy.Continue });
        _scene = new EnvironmentScene(_batch, options.Seed);
        _events = [.. options.Events.Select(one => new Randomization(one, _scene))];
        _observations = new float[EnvCount * task.ObservationCount];
        _lastObservations = new float[_observations.Length];
        _rewards = new float[EnvCount];
        _terminated = new bool[EnvCount];
        _truncated = new bool[EnvCount];
        Apply(RandomizationTrigger.Startup);
        Reset();
    }

    /// <summary>Number of envs.</summary>
    public int EnvCount => _batch.EnvCount;

    /// <summary>The batch behind it.</summary>
    public BatchSimulation Simulation => _batch;

    /// <summary>What is to be learnt.</summary>
    public IEnvironmentTask Task => _task;

    /// <summary>What a policy sees now. Shape [env, observation].</summary>
    public ReadOnlySpan<float> Observations => _observations;

    /// <summary>
    /// The last observation of the episodes that have just ended; other rows are old. Shape [env,
    /// observation].
    /// </summary>
    public ReadOnlySpan<float> LastObservations => _lastObservations;

    /// <summary>Rewards of the last control step. Shape [env].</summary>
    public ReadOnlySpan<float> Rewards => _rewards;

    /// <summary>Episodes that ended by themselves in the last control step. Shape [env].</summary>
    public ReadOnlySpan<bool> Terminated => _terminated;

    /// <summary>Episodes that were cut in the last control step. Shape [env].</summary>
    public ReadOnlySpan<bool> Truncated => _truncated;

    /// <summary>Episodes that ended because an env was not finite.</summary>
    public long NotFiniteCount { get; private set; }

    /// <summary>Begins a new episode in every env.</summary>
    public void Reset()
    {
        for (int env = 0; env < EnvCount; env++)
        {
            Begin(env);
        }

        _scene.Refresh();
        _task.Observe(_scene, _observations);
    }

    /// <summary>Takes a control step.</summary>
    /// <param name="actions">Shape [env, action].</param>
    public void Step(ReadOnlySpan<float> actions)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(
            actions.Length, EnvCount * _task.ActionCount);
        foreach (Randomization one in _events)
        {
            one.ApplyWhereDue();
        }

        _task.Act(_scene, actions);
        _batch.Write(BatchField.Control, _scene.Control);
        _batch.Step(_options.StepsPerAction);
        _scene.Refresh();
        for (int env = 0; env < EnvCount; env++)
        {
            _scene.Steps[env]++;
        }

        _task.Reward(_scene, _rewards);
        Array.Clear(_terminated);
        _task.Terminate(_scene, _terminated);
        _task.Observe(_scene, _observations);
        if (EndEpisodes())
        {
            _task.Observe(_scene, _observations);
        }
    }

    /// <summary>Ends threads and gives memory back.</summary>
    public void Dispose() => _batch.Dispose();

    private bool EndEpisodes()
    {
        bool any = false;
        int width = _task.ObservationCount;
        for (int env = 0; env < EnvCount; env++)
        {
            bool broken = (_batch.Status[env] & EnvStatus.NotFinite) != 0;
            if (broken)
            {
                _terminated[env] = true;
                _rewards[env] = 0;
                NotFiniteCount++;
            }

            _truncated[env] = !_terminated[env]
                && _options.EpisodeSteps > 0 && _scene.Steps[env] >= _options.EpisodeSteps;
            if (_terminated[env] || _truncated[env])
            {
                Span<float> last = _lastObservations.AsSpan(env * width, width);
                _observations.AsSpan(env * width, width).CopyTo(last);
                if (broken)
                {
                    last.Clear();
                }

                Begin(env);
                any = true;
            }
        }

        return any;
    }

    private void Begin(int env)
    {
        _oneEnv[0] = env;
        _batch.Reset(_oneEnv);
        _scene.Steps[env] = 0;
        foreach (Randomization one in _events)
        {
            if (one.When == RandomizationTrigger.Reset)
            {
                one.Apply(env);
            }

            one.Begin(env);
        }

        _scene.Refresh(env);
        _task.Reset(_scene, env);
        _scene.Refresh(env);
    }

    private void Apply(RandomizationTrigger when)
    {
        foreach (Randomization one in _events)
        {
            for (int env = 0; one.When == when && env < EnvCount; env++)
            {
                one.Apply(env);
            }
        }
    }
}
