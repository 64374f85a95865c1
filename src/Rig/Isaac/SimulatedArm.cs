using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Time;
using HilRig.Sim;
using HilRig.Sim.Models;

namespace HilRig.Rig.Isaac;

/// <summary>The arm inside a stand-in for Isaac: stepped frame by frame, driven by goals.</summary>
internal sealed class SimulatedArm : IDisposable
{
    private const string HomeKeyframe = "home";
    private readonly SimulatedPlant _plant;
    private readonly Model _model;
    private readonly int[] _modelJoint;
    private readonly JointState _state;
    private readonly JointCommand _command;
    private long _frame;

    /// <summary>Makes the arm at its home pose, holding it.</summary>
    /// <param name="model">The robot; its joints with position actuators can be driven.</param>
    public SimulatedArm(Model model)
    {
        _model = model;
        _modelJoint =
        [
            .. model.Actuators.Where(actuator => actuator.IsPositionServo)
                .Select(actuator => actuator.Joint).Distinct().Order(),
        ];
        JointNames = [.. _modelJoint.Select(joint => model.Joints[joint].Name)];
        _plant = new SimulatedPlant(
            new PlantDescription(model.Name, [.. _modelJoint.Select(Describe)]),
            model,
            JointNames);
        _state = new JointState(_modelJoint.Length);
        _command = new JointCommand(_modelJoint.Length);
        Pose = new double[model.DofCount];
        Restart();
    }

    /// <summary>Names of the joints that can be driven. Shape [dof].</summary>
    public IReadOnlyList<string> JointNames { get; }

    /// <summary>Goals, rad or m. Shape [dof].</summary>
    public double[] Goal => _command.Position;

    /// <summary>Positions, rad or m. Shape [dof].</summary>
    public double[] Position => _state.Position;

    /// <summary>Velocities, rad/s or m/s. Shape [dof].</summary>
    public double[] Velocity => _state.Velocity;

    /// <summary>Positions of all joints of the model.</summary>
    public double[] Pose { get; }

    /// <summary>Index in the model of each joint that can be driven. Shape [dof].</summary>
    public IReadOnlyList<int> ModelJoint => _modelJoint;

    /// <summary>Back to the home pose.</summary>
    public void Restart()
    {
        ModelKeyframe? home = _model.FindKeyframe(HomeKeyframe);
        for (int dof = 0; dof < _modelJoint.Length; dof++)
        {
            _state.Position[dof] = home?.Position[_modelJoint[dof]]
                ?? _model.Joints[_modelJoint[dof]].Reference;
            _state.Velocity[dof] = 0;
        }

        _state.SampledNanoseconds = 0;
        _plant.Start(_state);
        _state.Position.CopyTo(_command.Position, 0);
        Array.Fill(_command.TorqueEnabled, true);
        _frame = 0;
        CopyPose();
    }

    /// <summary>Keeps goals within the joints' ranges and steps one frame.</summary>
    /// <param name="rateHertz">Frames a second of simulated time.</param>
    /// <returns>Whether the simulation is still sound.</returns>
    public bool Step(double rateHertz)
    {
        for (int dof = 0; dof < _modelJoint.Length; dof++)
        {
            ModelJoint joint = _model.Joints[_modelJoint[dof]];
            Goal[dof] = joint.Limited
                ? Math.Clamp(Goal[dof], joint.RangeMin, joint.RangeMax)
                : Goal[dof];
        }

        long start = (long)Math.Round(1e9 * _frame / rateHertz);
        long end = (long)Math.Round(1e9 * (_frame + 1) / rateHertz);
        var tick = new Tick(_frame, start, start, end - start, 0);
        _frame++;
        bool isSound = _plant.Write(tick, _command) == PlantStatus.Ok;
        while (_plant.TryRead(_state) == PlantStatus.Ok)
        {
        }

        CopyPose();
        return isSound;
    }

    /// <inheritdoc/>
    public void Dispose() => _plant.Dispose();

    private void CopyPose()
    {
        for (int dof = 0; dof < _modelJoint.Length; dof++)
        {
            Pose[_modelJoint[dof]] = _state.Position[dof];
        }
    }

    private JointDescription Describe(int joint)
    {
        ModelJoint known = _model.Joints[joint];
        return new JointDescription(known.Name, Kind(known), new JointLimits(
            known.Limited ? known.RangeMin : double.NegativeInfinity,
            known.Limited ? known.RangeMax : double.PositiveInfinity,
            double.PositiveInfinity,
            double.PositiveInfinity));
    }

    private static JointKind Kind(ModelJoint joint) =>
        joint.Type == JointType.Slide ? JointKind.Prismatic : JointKind.Revolute;
}
