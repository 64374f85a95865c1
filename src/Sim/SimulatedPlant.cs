using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Time;
using HilRig.Sim.Models;

namespace HilRig.Sim;

/// <summary>
/// A simulated arm as a plant: the twin. Host-clocked and without a clock of its own: each command
/// carries its tick, and the plant steps from that tick to the next in the model's time steps. The
/// number of steps is rounded over the whole run, so uneven periods do not drift.
/// </summary>
public sealed class SimulatedPlant : IPlant
{
    private const double NanosecondsPerSecond = 1e9;

    private readonly Simulation _simulation;
    private readonly ModelJoint[] _joints;
    private readonly int[] _jointOfActuator;
    private readonly double[] _goal;
    private long _originNanoseconds;
    private long _reachedNanoseconds;
    private long _stepCount;
    private long _stateSequence;
    private long _commandSequence;
    private bool _started;
    private bool _running;
    private bool _unread;
    private bool _stopped;
    private bool _lost;

    /// <summary>Makes a plant from a model.</summary>
    /// <param name="description">Name and joints of the plant, in its [dof] order.</param>
    /// <param name="model">The robot; each of its driven joints needs a position actuator.</param>
    /// <param name="modelJoints">Name in the model of each joint of the plant. Shape [dof].</param>
    /// <exception cref="ModelException">
    /// A joint is missing in the model or has no position actuator.
    /// </exception>
    public SimulatedPlant(
        PlantDescription description, Model model, IReadOnlyList<string> modelJoints)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(modelJoints);
        if (modelJoints.Count != description.DofCount)
        {
            throw new ArgumentException("one model joint a plant joint", nameof(modelJoints));
        }

        Description = description;
        _simulation = new Simulation(model);
        _joints = JointMap.Find(model, modelJoints);
        _jointOfActuator = FindActuators(model);
        _goal = new double[_joints.Length];
    }

    /// <inheritdoc/>
    public PlantDescription Description { get; }

    /// <inheritdoc/>
    public ITickSource? DeviceClock => null;

    /// <summary>Steps whose constraint solve did not arrive; 0 in a healthy model.</summary>
    public long UnconvergedCount { get; private set; }

    /// <inheritdoc/>
    public void Start(JointState initial)
    {
        ArgumentNullException.ThrowIfNull(initial);
        _simulation.Reset();
        for (int i = 0; i < _joints.Length; i++)
        {
            int place = _joints[i].PositionAddress;
            if (!double.IsNaN(initial.Position[i]))
            {
                _simulation.Position[place] = initial.Position[i];
            }

            _simulation.Velocity[_joints[i].DofAddress] =
                double.IsNaN(initial.Velocity[i]) ? 0 : initial.Velocity[i];
            _goal[i] = _simulation.Position[place];
        }

        for (int actuator = 0; actuator < _jointOfActuator.Length; actuator++)
        {
            Hold(actuator);
        }

        _simulation.Forward();
        _stepCount = 0;
        _stateSequence = 1;
        _commandSequence = 0;
        _reachedNanoseconds = initial.SampledNanoseconds;
        UnconvergedCount = 0;
        _started = true;
        _running = false;
        _stopped = false;
        _lost = false;
        _unread = true;
        Fill(initial);
    }

    /// <inheritdoc/>
    public PlantStatus TryRead(JointState state)
    {
        if (_lost)
        {
            return PlantStatus.Lost;
        }

        if (!_started || !_unread)
        {
            return _stopped ? PlantStatus.Stopped : PlantStatus.NoNewState;
        }

        Fill(state);
        _unread = false;
        return PlantStatus.Ok;
    }

    /// <inheritdoc/>
    public PlantStatus Write(in Tick tick, JointCommand command)
    {
        if (_lost || !_started)
        {
            return PlantStatus.Lost;
        }

        if (_stopped)
        {
            return PlantStatus.Stopped;
        }

        if (!_running)
        {
            _running = true;
            _originNanoseconds = tick.PlannedNanoseconds;
        }

        // Skipped ticks pass with the old command; then the new one acts until the next tick.
        AdvanceTo(tick.PlannedNanoseconds);
        Take(command);
        AdvanceTo(tick.PlannedNanoseconds + tick.PeriodNanoseconds);
        _stateSequence++;
        _unread = true;
        return _lost ? PlantStatus.Lost : PlantStatus.Ok;
    }

    /// <inheritdoc/>
    public PlantStatus Stop(StopReason reason)
    {
        _stopped = true;
        return PlantStatus.Ok;
    }

    /// <summary>Stops; there is nothing to release.</summary>
    public void Dispose() => _stopped = true;

    private int[] FindActuators(Model model)
    {
        int[] jointOf = new int[model.Actuators.Count];
        Array.Fill(jointOf, -1);
        bool[] served = new bool[_joints.Length];
        for (int actuator = 0; actuator < jointOf.Length; actuator++)
        {
            int target = model.Actuators[actuator].Joint;
            int joint = target < 0 ? -1 : Array.IndexOf(_joints, model.Joints[target]);
            jointOf[actuator] = joint;
            if (joint >= 0 && model.Actuators[actuator].IsPositionServo)
            {
                served[joint] = true;
            }
        }

        int missing = Array.IndexOf(served, false);
        return missing < 0
            ? jointOf
            : throw new ModelException(
                $"joint '{_joints[missing].Name}' has no position actuator",
                model.Path,
                "a <position> actuator on every joint of the rig",
                remedy: "add one to the model");
    }

    private void Take(JointCommand command)
    {
        _commandSequence = command.Sequence;
        for (int i = 0; i < _goal.Length; i++)
        {
            if (!double.IsNaN(command.Position[i]))
            {
                _goal[i] = command.Position[i];
            }
        }

        for (int actuator = 0; actuator < _jointOfActuator.Length; actuator++)
        {
            int joint = _jointOfActuator[actuator];
            if (joint >= 0)
            {
                Hold(actuator);
                _simulation.SetActuatorEnabled(actuator, command.TorqueEnabled[joint]);
            }
        }
    }

    private void Hold(int actuator)
    {
        // Any other actuator of the joint, such as a damper, keeps control 0.
        int joint = _jointOfActuator[actuator];
        if (joint >= 0 && _simulation.Model.Actuators[actuator].IsPositionServo)
        {
            double gear = _simulation.Model.Actuators[actuator].Gear;
            _simulation.Control[actuator] = gear * _goal[joint];
        }
    }

    private void AdvanceTo(long instantNanoseconds)
    {
        double seconds = (instantNanoseconds - _originNanoseconds) / NanosecondsPerSecond;
        long wanted = (long)Math.Round(seconds / _simulation.TimeStep);
        while (_stepCount < wanted && !_lost)
        {
            switch (_simulation.Step())
            {
                case StepStatus.Ok:
                    break;
                case StepStatus.Unconverged:
                    UnconvergedCount++;
                    break;
                case StepStatus.ContactOverflow:
                case StepStatus.NotFinite:
                    _lost = true;
                    break;
            }

            _stepCount++;
        }

        _reachedNanoseconds = Math.Max(_reachedNanoseconds, instantNanoseconds);
    }

    private void Fill(JointState state)
    {
        for (int i = 0; i < _joints.Length; i++)
        {
            int dof = _joints[i].DofAddress;
            state.Position[i] = _simulation.Position[_joints[i].PositionAddress];
            state.Velocity[i] = _simulation.Velocity[dof];
            state.Effort[i] = _simulation.ActuatorJointForce[dof];
        }

        state.Sequence = _stateSequence;
        state.AnsweredCommandSequence = _commandSequence;
        state.SampledNanoseconds = _reachedNanoseconds;
        state.Health = _stopped ? PlantHealth.Stopped : PlantHealth.Armed;
        state.FreshJoints = _joints.Length == 64 ? ulong.MaxValue : (1UL << _joints.Length) - 1;
        state.Stamps = default;
    }
}
