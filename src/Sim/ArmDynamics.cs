using HilRig.Core.Errors;
using HilRig.Sim.Models;

namespace HilRig.Sim;

/// <summary>
/// The mechanics of an arm without actuators: joint forces in, motion out. Loads the virtual servos
/// of a virtual rig. Deterministic; allocates nothing a step. SI units.
/// </summary>
public sealed class ArmDynamics
{
    private readonly Simulation _simulation;
    private readonly ModelJoint[] _joints;
    private readonly double[] _position;
    private readonly double[] _velocity;

    /// <summary>Makes an arm at its reference position, at rest.</summary>
    /// <param name="model">The arm; its actuators are switched off.</param>
    /// <param name="jointNames">Joints in the order of every span here.</param>
    /// <exception cref="ModelException">A joint is not in the model, or is named twice.</exception>
    public ArmDynamics(Model model, IReadOnlyList<string> jointNames)
    {
        ArgumentNullException.ThrowIfNull(jointNames);
        _simulation = new Simulation(model);
        _joints = JointMap.Find(model, jointNames);
        _position = new double[_joints.Length];
        _velocity = new double[_joints.Length];
        Reset(default);
    }

    /// <summary>Joint positions, rad or m. Shape [dof].</summary>
    public ReadOnlySpan<double> Position => _position;

    /// <summary>Joint velocities, rad/s or m/s. Shape [dof].</summary>
    public ReadOnlySpan<double> Velocity => _velocity;

    /// <summary>Puts the arm at rest at a position.</summary>
    /// <param name="position">
    /// Joint positions, or empty for the reference position. Shape [dof].
    /// </param>
    public void Reset(ReadOnlySpan<double> position)
    {
        _simulation.Reset();
        for (int actuator = 0; actuator < _simulation.Control.Length; actuator++)
        {
            _simulation.SetActuatorEnabled(actuator, false);
        }

        for (int i = 0; i < position.Length; i++)
        {
            _simulation.Position[_joints[i].PositionAddress] = position[i];
        }

        Copy();
    }

    /// <summary>Advances by one step.</summary>
    /// <param name="jointForce">Force on each joint, N·m or N. Shape [dof].</param>
    /// <param name="timeStep">Step length, s; constant steps are cheapest.</param>
    /// <returns>What the step ended with; after NotFinite only <see cref="Reset"/> helps.</returns>
    public StepStatus Step(ReadOnlySpan<double> jointForce, double timeStep)
    {
        _simulation.TimeStep = timeStep;
        for (int i = 0; i < _joints.Length; i++)
        {
            _simulation.AppliedForce[_joints[i].DofAddress] = jointForce[i];
        }

        StepStatus status = _simulation.Step();
        Copy();
        return status;
    }

    private void Copy()
    {
        for (int i = 0; i < _joints.Length; i++)
        {
            _position[i] = _simulation.Position[_joints[i].PositionAddress];
            _velocity[i] = _simulation.Velocity[_joints[i].DofAddress];
        }
    }
}
