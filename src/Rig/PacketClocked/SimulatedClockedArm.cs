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
    private readonly ModelJoint[] _joints;
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
        _joints = [.. jointNames.Select(name => JointIn(model, name))];
        _actuatorOf = [.. _joints.Select(joint => ActuatorOf(model, joint))];
        _position = new double[_joints.Length];
        _velocity = new double[_joints.Length];
        _effort = new double[_joints.Length];
        for (int i = 0; i < _joints.Length; i++)
        {
            _simulation.Position[_joints[i].PositionAddress] = position[i];
            Drive(i, position[i]);
        }

        _simulation.Forward();
        Copy();
    }

    /// <inheritdoc/>
    public int DofCount => _joints.Length;

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
        for (int i = 0; i < _joints.Length; i++)
        {
            Drive(i, goal[i]);

            // What gravity and rotation ask of each joint, as of the last step.
            int dof = _joints[i].DofAddress;
            _simulation.AppliedForce[dof] = _simulation.Bias[dof];
        }

        StepStatus status = _simulation.Step();
        Copy();
        return status switch
        {
            StepStatus.Ok or StepStatus.Unconverged => true,
            StepStatus.ContactOverflow or StepStatus.NotFinite => false,
        };
    }

    private void Drive(int joint, double goal)
    {
        int actuator = _actuatorOf[joint];
        _simulation.Control[actuator] = _simulation.Model.Actuators[actuator].Gear * goal;
    }

    private void Copy()
    {
        for (int i = 0; i < _joints.Length; i++)
        {
            _position[i] = _simulation.Position[_joints[i].PositionAddress];
            _velocity[i] = _simulation.Velocity[_joints[i].DofAddress];
            _effort[i] = _simulation.ActuatorJointForce[_joints[i].DofAddress];
        }
    }

    private static ModelJoint JointIn(Model model, string name)
    {
        int joint = model.IndexOfJoint(name);
        return joint >= 0 ? model.Joints[joint] : throw new ModelException(
            $"The rig's joint '{name}' is not in the model", model.Path);
    }

    private static int ActuatorOf(Model model, ModelJoint joint)
    {
        for (int actuator = 0; actuator < model.Actuators.Count; actuator++)
        {
            int target = model.Actuators[actuator].Joint;
            if (target >= 0 && model.Joints[target] == joint
                && model.Actuators[actuator].IsPositionServo)
            {
                return actuator;
            }
        }

        throw new ModelException(
            $"The joint '{joint.Name}' has no position actuator",
            model.Path,
            "a <position> actuator on every joint of the rig");
    }
}
