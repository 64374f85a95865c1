using HilRig.Core.Errors;
using HilRig.Sim;
using HilRig.Tasks;

namespace HilRig.Learning.Environments;

/// <summary>
/// One env of a task in double precision: begin with <see cref="Reset"/>, then
/// <see cref="Step"/> until it is over. The same start and actions give the same bits. Allocates
/// nothing after construction. One caller at a time.
/// </summary>
public sealed class TaskSimulation
{
    private readonly TaskModel _model;
    private readonly Simulation _simulation;
    private readonly double[] _position;
    private readonly double[] _velocity;
    private readonly double[] _goal;
    private readonly double[] _nextGoal;
    private readonly double[] _objects;
    private readonly double[] _start;
    private readonly float[] _observation;

    /// <summary>Makes an env at start 0 of list 0.</summary>
    /// <param name="task">The task.</param>
    /// <exception cref="ModelException">Its scene is wrong.</exception>
    public TaskSimulation(IRobotTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        Task = task;
        _model = new TaskModel(task);
        _simulation = new Simulation(_model.Model);
        int dof = _model.Dofs.Length;
        _position = new double[dof];
        _velocity = new double[dof];
        _goal = new double[dof];
        _nextGoal = new double[dof];
        _objects = new double[_model.Objects.Length];
        _start = new double[task.Description.Start.Count];
        _observation = new float[task.Description.Observation.Count];
        Reset(0, 0);
    }

    /// <summary>The task.</summary>
    public IRobotTask Task { get; }

    /// <summary>What a policy sees now, unnormalised. Shape [observation].</summary>
    public ReadOnlySpan<float> Observation => _observation;

    /// <summary>Actions taken in this episode.</summary>
    public int StepIndex { get; private set; }

    /// <summary>The scene now; a view.</summary>
    public TaskState State => new()
    {
        Position = _position,
        Velocity = _velocity,
        Goal = _goal,
        Objects = _objects,
        Start = _start,
        StepIndex = StepIndex,
    };

    /// <summary>The simulated scene, for tests and pictures.</summary>
    internal Simulation Simulation => _simulation;

    /// <summary>Begins an episode.</summary>
    /// <param name="seed">Seed of the start list.</param>
    /// <param name="index">Index in the list.</param>
    public void Reset(ulong seed, long index)
    {
        Task.DrawStart(seed, index, _start);
        Task.Place(_start, _position, _objects);
        _position.CopyTo(_goal, 0);
        _simulation.Reset();
        for (int k = 0; k < _position.Length; k++)
        {
            _simulation.Position[_model.Positions[k]] = _position[k];
        }

        for (int k = 0; k < _objects.Length; k++)
        {
            _simulation.Position[_model.Objects[k]] = _objects[k];
        }

        StepIndex = 0;
        Look();
    }

    /// <summary>Executes an action for one period.</summary>
    /// <param name="action">Each in [−1, 1]. Shape [action].</param>
    /// <returns>What it led to; after the end of an episode, reset.</returns>
    /// <exception cref="ModelException">The simulation went wrong.</exception>
    public TaskStep Step(ReadOnlySpan<float> action)
    {
        Task.Act(State, action, _nextGoal);
        _nextGoal.CopyTo(_goal, 0);
        for (int k = 0; k < _goal.Length; k++)
        {
            _simulation.Control[_model.Actuators[k]] = _goal[k];
        }

        for (int n = 0; n < Task.Description.SubstepCount; n++)
        {
            StepStatus status = _simulation.Step();
            if (status != StepStatus.Ok)
            {
                throw new ModelException(
                    "the simulation of a task went wrong",
                    FormattableString.Invariant($"{Task.Description.Name}, step {StepIndex}"),
                    "Ok",
                    status.ToString());
            }
        }

        StepIndex++;
        Look();
        TaskOutcome outcome = Task.Judge(State);
        return new(
            outcome,
            outcome == TaskOutcome.Running && StepIndex >= Task.Description.EpisodeSteps);
    }

    private void Look()
    {
        for (int k = 0; k < _position.Length; k++)
        {
            _position[k] = _simulation.Position[_model.Positions[k]];
            _velocity[k] = _simulation.Velocity[_model.Dofs[k]];
        }

        for (int k = 0; k < _objects.Length; k++)
        {
            _objects[k] = _simulation.Position[_model.Objects[k]];
        }

        Task.Observe(State, _observation);
    }
}
