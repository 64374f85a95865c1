using HilRig.Core.Errors;
using HilRig.Devices.PacketClocked;
using HilRig.Sim;
using HilRig.Sim.Models;

namespace HilRig.Rig.PacketClocked;

/// <summary>
/// The simulator as the arm of an emulated controller: stiff position drives, and gravity
/// compensated by the controller's own model, as research arms have it.
/// </summary>
internal sealed class SimulatedClockedArm : IClockedArm
{
    private const double NanosecondsPerSecond = 1e9;
    private readonly Simulation _simulation;
    private readonly int[] _dofOf;
    private readonly int[] _actuatorOf;
    private readonly double[] _position;
    private readonly double[] _velocity;
    private readonly double[] _effort;

    /// <summary>Makes an arm at rest.</summary>
    /// <param name="model">The model; a position actuator on each joint.</param>
    /// <param name="jointNames">Its joint of each of the rig's joints. Shape [dof].</param>
    /// <param name="position">Where it starts, rad or m. Shape [dof].</param>
    /// <exception cref="ModelException">A joint or its actuator is absent.</exception>
    public SimulatedClockedArm(
        Model model, IReadOnlyList<string> jointNames, ReadOnlySpan<double> position)
    {
        _simulation = new Simulation(model);
        _dofOf = [.. jointNames.Select(name => JointIn(model, name))];
        _actuatorOf = [.. _dofOf.Select(dof => ActuatorOf(model, dof))];
        _position = new double[_dofOf.Length];
        _velocity = new double[_dofOf.Length];
        _effort = new double[_dofOf.Length];
        for (int i = 0; i < _dofOf.Length; i++)
        {
            _simulation.Position[_dofOf[i]] = position[i];
            Drive(i, position[i]);
        }

        _simulation.Forward();
        Copy();
    }

    /// <inheritdoc/>
    public int DofCount => _dofOf.Length;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Position => _position;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Velocity => _velocity;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Effort => _effort;

    /// <inheritdoc/>
    public bool Step(ReadOnlySpan<double> goal, long durationNanoseconds)
    {
        _simulation.TimeStep = durationNanoseconds / NanosecondsPerSecond;
        for (int i = 0; i < _dofOf.Length; i++)
        {
            Drive(i, goal[i]);

            // What gravity and rotation ask of each joint, as of the last step.
            _simulation.AppliedForce[_dofOf[i]] = _simulation.Bias[_dofOf[i]];
        }

        StepStatus status = _simulation.Step();
        Copy();
        return status switch
        {
            StepStatus.Ok or StepStatus.Unconverged => true,
            StepStatus.NotFinite => false,
        };
    }

    private void Drive(int joint, double goal)
    {
        int actuator = _actuatorOf[joint];
        _simulation.Control[actuator] = _simulation.Model.Actuators[actuator].Gear * goal;
    }

    private void Copy()
    {
        for (int i = 0; i < _dofOf.Length; i++)
        {
            _position[i] = _simulation.Position[_dofOf[i]];
            _velocity[i] = _simulation.Velocity[_dofOf[i]];
            _effort[i] = _simulation.ActuatorJointForce[_dofOf[i]];
        }
    }

    private static int JointIn(Model model, string name)
    {
        int dof = model.IndexOfJoint(name);
        return dof >= 0 ? dof : throw new ModelException(
            $"The rig's joint '{name}' is not in the model", model.Path);
    }

    private static int ActuatorOf(Model model, int dof)
    {
        for (int actuator = 0; actuator < model.Actuators.Count; actuator++)
        {
            if (model.Actuators[actuator].Joint == dof && model.Actuators[actuator].IsPositionServo)
            {
                return actuator;
            }
        }

        throw new ModelException(
            $"The joint '{model.Joints[dof].Name}' has no position actuator",
            model.Path,
            "a <position> actuator on every joint of the rig");
    }
}
