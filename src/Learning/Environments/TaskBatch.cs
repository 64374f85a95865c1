using HilRig.Core.Errors;
using HilRig.Sim.Batch;
using HilRig.Tasks;

namespace HilRig.Learning.Environments;

/// <summary>
/// Many envs of a task on the lanes of the batched simulator, for evaluation: each env plays one
/// episode, then stands still. What an env does depends neither on the others nor on their number.
/// </summary>
public sealed class TaskBatch : IDisposable
{
    private readonly TaskModel _model;
    private readonly BatchSimulation _batch;
    private readonly int _dof;
    private readonly int _objectCount;
    private readonly int _startCount;
    private readonly double[] _allPositions;
    private readonly double[] _allVelocities;
    private readonly double[] _controls;
    private readonly double[] _position;
    private readonly double[] _velocity;
    private readonly double[] _goal;
    private readonly double[] _objects;
    private readonly double[] _start;
    private readonly double[] _nextGoal;
    private readonly float[] _observations;
    private readonly TaskStep[] _steps;
    private readonly int[] _stepCounts;

    /// <summary>Makes envs at the first starts of list 0.</summary>
    /// <param name="task">The task.</param>
    /// <param name="envCount">Number of envs.</param>
    /// <param name="threadCount">Threads that step; results do not depend on it.</param>
    /// <exception cref="ModelException">The scene is wrong.</exception>
    public TaskBatch(IRobotTask task, int envCount, int threadCount = 1)
    {
        ArgumentNullException.ThrowIfNull(task);
        Task = task;
        _model = new TaskModel(task);
        _batch = new BatchSimulation(
            _model.Model,
            envCount,
            new BatchOptions
            {
                Backend = BatchBackend.Simd,
                ThreadCount = threadCount,
                OnFault = FaultPolicy.Continue,
            });
        _dof = _model.Dofs.Length;
        _objectCount = _model.Objects.Length;
        _startCount = task.Description.Start.Count;
        _allPositions = new double[envCount * _model.Model.PositionCount];
        _allVelocities = new double[envCount * _model.Model.DofCount];
        _controls = new double[envCount * _model.Model.Actuators.Count];
        _position = new double[envCount * _dof];
        _velocity = new double[envCount * _dof];
        _goal = new double[envCount * _dof];
        _objects = new double[envCount * _objectCount];
        _start = new double[envCount * _startCount];
        _nextGoal = new double[_dof];
        _observations = new float[envCount * task.Description.Observation.Count];
        _steps = new TaskStep[envCount];
        _stepCounts = new int[envCount];
        Reset(0, 0);
    }

    /// <summary>The task.</summary>
    public IRobotTask Task { get; }

    /// <summary>Number of envs.</summary>
    public int EnvCount => _steps.Length;

    /// <summary>What a policy sees now, unnormalised. Shape [env, observation].</summary>
    public ReadOnlySpan<float> Observations => _observations;

    /// <summary>What the last step led to; final once it is over. Shape [env].</summary>
    public ReadOnlySpan<TaskStep> Steps => _steps;

    /// <summary>Actions that each episode took. Shape [env].</summary>
    public ReadOnlySpan<int> StepCounts => _stepCounts;

    /// <summary>Whether every episode is over.</summary>
    public bool IsOver => Array.TrueForAll(_steps, step => step.IsOver);

    /// <summary>Episodes that ended in success.</summary>
    public int SuccessCount => _steps.Count(step => step.Outcome == TaskOutcome.Success);

    /// <summary>The scene of an env; a view.</summary>
    /// <param name="env">The env.</param>
    public TaskState State(int env) => new()
    {
        Position = _position.AsSpan(env * _dof, _dof),
        Velocity = _velocity.AsSpan(env * _dof, _dof),
        Goal = _goal.AsSpan(env * _dof, _dof),
        Objects = _objects.AsSpan(env * _objectCount, _objectCount),
        Start = _start.AsSpan(env * _startCount, _startCount),
        StepIndex = _stepCounts[env],
    };

    /// <summary>Begins an episode in every env.</summary>
    /// <param name="seed">Seed of the start list.</param>
    /// <param name="firstIndex">Index of the first env's start; the others follow.</param>
    public void Reset(ulong seed, long firstIndex)
    {
        int width = _model.Model.PositionCount;
        _batch.Reset();
        Array.Clear(_steps);
        Array.Clear(_stepCounts);
        _batch.Read(BatchField.Position, _allPositions);
        for (int env = 0; env < EnvCount; env++)
        {
            Span<double> start = _start.AsSpan(env * _startCount, _startCount);
            Span<double> position = _position.AsSpan(env * _dof, _dof);
            Span<double> objects = _objects.AsSpan(env * _objectCount, _objectCount);
            Task.DrawStart(seed, firstIndex + env, start);
            Task.Place(start, position, objects);
            position.CopyTo(_goal.AsSpan(env * _dof, _dof));
            Span<double> all = _allPositions.AsSpan(env * width, width);
            Scatter(position, _model.Positions, all);
            Scatter(objects, _model.Objects, all);
        }

        _batch.Write(BatchField.Position, _allPositions);
        Look();
    }

    /// <summary>Executes actions for one period; envs that are over hold their goals.</summary>
    /// <param name="actions">Each in [−1, 1]. Shape [env, action].</param>
    /// <exception cref="ModelException">The simulation of an env went wrong.</exception>
    public void Step(ReadOnlySpan<float> actions)
    {
        int width = Task.Description.Action.Count;
        int actuators = _model.Model.Actuators.Count;
        for (int env = 0; env < EnvCount; env++)
        {
            if (!_steps[env].IsOver)
            {
                Task.Act(State(env), actions.Slice(env * width, width), _nextGoal);
                _nextGoal.CopyTo(_goal, env * _dof);
                _stepCounts[env]++;
            }

            Scatter(
                _goal.AsSpan(env * _dof, _dof),
                _model.Actuators,
                _controls.AsSpan(env * actuators, actuators));
        }

        _batch.Write(BatchField.Control, _controls);
        _batch.Step(Task.Description.SubstepCount);
        Look();
        Judge();
    }

    /// <summary>Gives memory back.</summary>
    public void Dispose() => _batch.Dispose();

    private static void Scatter(ReadOnlySpan<double> values, int[] places, Span<double> into)
    {
        for (int k = 0; k < places.Length; k++)
        {
            into[places[k]] = values[k];
        }
    }

    private void Judge()
    {
        for (int env = 0; env < EnvCount; env++)
        {
            if (_steps[env].IsOver)
            {
                continue;
            }

            if (_batch.Status[env] != EnvStatus.Ok)
            {
                throw new ModelException(
                    "the simulation of a task went wrong",
                    FormattableString.Invariant($"{Task.Description.Name}, env {env}"),
                    "Ok",
                    _batch.Status[env].ToString());
            }

            TaskOutcome outcome = Task.Judge(State(env));
            _steps[env] = new(
                outcome,
                outcome == TaskOutcome.Running
                    && _stepCounts[env] >= Task.Description.EpisodeSteps);
        }
    }

    private void Look()
    {
        int observed = Task.Description.Observation.Count;
        int positions = _model.Model.PositionCount;
        int dofs = _model.Model.DofCount;
        _batch.Read(BatchField.Position, _allPositions);
        _batch.Read(BatchField.Velocity, _allVelocities);
        for (int env = 0; env < EnvCount; env++)
        {
            for (int k = 0; k < _dof; k++)
            {
                _position[(env * _dof) + k] =
                    _allPositions[(env * positions) + _model.Positions[k]];
                _velocity[(env * _dof) + k] = _allVelocities[(env * dofs) + _model.Dofs[k]];
            }

            for (int k = 0; k < _objectCount; k++)
            {
                _objects[(env * _objectCount) + k] =
                    _allPositions[(env * positions) + _model.Objects[k]];
            }

            Task.Observe(
                State(env), _observations.AsSpan(env * observed, observed));
        }
    }
}
