using HilRig.Core.Errors;
using HilRig.Sim.Models;

namespace HilRig.Sim;

/// <summary>
/// The mechanics of an arm without actuators, and of objects that it can touch: joint forces in,
/// motion out. Loads the virtual servos of a virtual rig. Deterministic; allocates nothing a step.
/// SI units.
/// </summary>
public sealed class ArmDynamics
{
    private readonly Simulation _simulation;
    private readonly ModelJoint[] _joints;
    private readonly double[] _position;
    private readonly double[] _velocity;
    private readonly ModelJoint[] _objects;
    private readonly double[] _objectPosition;
    private readonly double[] _objectVelocity;

    /// <summary>Makes an arm at its reference position, at rest.</summary>
    /// <param name="model">The arm; its actuators are switched off.</param>
    /// <param name="jointNames">Joints in the order of every span here.</param>
    /// <param name="objectNames">
    /// Joints of objects, on which no force is put, in the order of every span of objects.
    /// </param>
    /// <exception cref="ModelException">A joint is not in the model, or is named twice.</exception>
    public ArmDynamics(
        Model model, IReadOnlyList<string> jointNames, IReadOnlyList<string>? objectNames = null)
    {
        ArgumentNullException.ThrowIfNull(jointNames);
        _simulation = new Simulation(model);
        _joints = JointMap.Find(model, jointNames);
        _position = new double[_joints.Length];
        _velocity = new double[_joints.Length];
        _objects = JointMap.Find(model, objectNames ?? []);
        _objectPosition = new double[_objects.Length];
        _objectVelocity = new double[_objects.Length];
        Reset(default);
    }

    /// <summary>Joint positions, rad or m. Shape [dof].</summary>
    public ReadOnlySpan<double> Position => _position;

    /// <summary>Joint velocities, rad/s or m/s. Shape [dof].</summary>
    public ReadOnlySpan<double> Velocity => _velocity;

    /// <summary>Places of the objects' joints, rad or m. Shape [object].</summary>
    public ReadOnlySpan<double> ObjectPosition => _objectPosition;

    /// <summary>Velocities of the objects' joints, rad/s or m/s. Shape [object].</summary>
    public ReadOnlySpan<double> ObjectVelocity => _objectVelocity;

    /// <summary>
    /// Puts the arm at rest at a position, the objects at their reference positions.
    /// </summary>
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

    /// <summary>Puts the objects at rest at these places; the arm stays as it is.</summary>
    /// <param name="position">Places, rad or m. Shape [object].</param>
    public void Place(ReadOnlySpan<double> position)
    {
        for (int i = 0; i < position.Length; i++)
        {
            _simulation.Position[_objects[i].PositionAddress] = position[i];
            _simulation.Velocity[_objects[i].DofAddress] = 0;
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

        for (int i = 0; i < _objects.Length; i++)
        {
            _objectPosition[i] = _simulation.Position[_objects[i].PositionAddress];
            _objectVelocity[i] = _simulation.Velocity[_objects[i].DofAddress];
        }
    }
}
