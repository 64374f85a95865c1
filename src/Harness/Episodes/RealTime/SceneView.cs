using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Tasks;

namespace HilRig.Harness.Episodes.RealTime;

/// <summary>
/// Joints and objects as a task numbers them, from a plant and a sensor that number them otherwise.
/// </summary>
internal sealed class SceneView
{
    private readonly IRobotTask _task;
    private readonly ISceneSensor? _sensor;
    private readonly int[] _plantJoint;
    private readonly int[] _sensorObject;
    private readonly long _ageMax;
    private readonly double[] _seen;
    private readonly double[] _position;
    private readonly double[] _velocity;
    private readonly double[] _objects;
    private readonly double[] _placed;

    /// <summary>Makes a view.</summary>
    /// <param name="setting">Checked.</param>
    internal SceneView(SessionSetting setting)
    {
        TaskDescription description = setting.Task.Description;
        _task = setting.Task;
        _sensor = setting.Scene;
        _plantJoint = setting.PlantJointOfTask;
        _sensorObject = setting.SensorObjectOfTask;
        _ageMax = (long)(setting.SceneAgeMax.TotalSeconds * 1e9);
        _seen = new double[setting.Scene?.Joints.Count ?? 0];
        _position = new double[description.Joints.Count];
        _velocity = new double[description.Joints.Count];
        _placed = new double[description.Joints.Count];
        _objects = new double[description.ObjectJoints.Count];
    }

    /// <summary>Where the objects are, in the task's order. Shape [object].</summary>
    internal ReadOnlySpan<double> Objects => _objects;

    /// <summary>When they were seen, ns; 0 before it.</summary>
    internal long SampledNanoseconds { get; private set; }

    /// <summary>Begins an episode: without a sensor the objects are where its start says.</summary>
    /// <param name="start">The start. Shape [start].</param>
    internal void Begin(ReadOnlySpan<double> start)
    {
        if (_sensor is null)
        {
            _task.Place(start, _placed, _objects);
        }
    }

    /// <summary>Looks at joints and objects.</summary>
    /// <param name="now">The instant, CLOCK_MONOTONIC ns.</param>
    /// <param name="measured">The newest state of the plant.</param>
    internal EpisodeFault Look(long now, JointState measured)
    {
        for (int i = 0; i < _plantJoint.Length; i++)
        {
            _position[i] = measured.Position[_plantJoint[i]];
            _velocity[i] = measured.Velocity[_plantJoint[i]];
        }

        if (_sensor is null)
        {
            return EpisodeFault.None;
        }

        SceneStatus status = _sensor.TryRead(_seen, out long sampled);
        SampledNanoseconds = sampled;
        if (status != SceneStatus.Ok || now - sampled > _ageMax)
        {
            return EpisodeFault.SceneLost;
        }

        for (int i = 0; i < _objects.Length; i++)
        {
            _objects[i] = _seen[_sensorObject[i]];
        }

        return EpisodeFault.None;
    }

    /// <summary>What was seen, as a task takes it.</summary>
    /// <param name="goal">Goals in force. Shape [dof].</param>
    /// <param name="start">The start. Shape [start].</param>
    /// <param name="stepIndex">Actions taken.</param>
    internal TaskState State(double[] goal, double[] start, int stepIndex) => new()
    {
        Position = _position,
        Velocity = _velocity,
        Goal = goal,
        Objects = _objects,
        Start = start,
        StepIndex = stepIndex,
    };
}
