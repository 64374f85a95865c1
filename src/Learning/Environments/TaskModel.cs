using HilRig.Core.Errors;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Tasks;

namespace HilRig.Learning.Environments;

/// <summary>A task's scene, compiled, and where its joints are in it.</summary>
internal sealed class TaskModel
{
    /// <summary>Compiles the scene of a task.</summary>
    /// <exception cref="ModelException">It is wrong, or lacks a joint or an actuator.</exception>
    public TaskModel(IRobotTask task)
    {
        TaskDescription description = task.Description;
        Model = MjcfLoader.Parse(description.ReadModel(), description.ModelFile);
        ModelJoint[] joints = [.. description.Joints.Select(Joint)];
        Positions = [.. joints.Select(joint => joint.PositionAddress)];
        Dofs = [.. joints.Select(joint => joint.DofAddress)];
        Actuators = [.. description.Joints.Select(Actuator)];
        Objects = [.. description.ObjectJoints.Select(name => Joint(name).PositionAddress)];
        double step = description.PeriodSeconds / description.SubstepCount;
        if (Math.Abs(step - Model.Options.TimeStep) > 1e-9)
        {
            throw new ModelException(
                "the time step of the scene is not that of the task",
                description.ModelFile,
                FormattableString.Invariant($"{step} s"),
                FormattableString.Invariant($"{Model.Options.TimeStep} s"));
        }
    }

    /// <summary>The scene.</summary>
    public Model Model { get; }

    /// <summary>Places of the robot's joints among the positions. Shape [dof].</summary>
    public int[] Positions { get; }

    /// <summary>Places of the robot's joints among the velocities. Shape [dof].</summary>
    public int[] Dofs { get; }

    /// <summary>The actuator of each joint of the robot. Shape [dof].</summary>
    public int[] Actuators { get; }

    /// <summary>Places of the objects' joints among the positions. Shape [object].</summary>
    public int[] Objects { get; }

    private ModelJoint Joint(string name)
    {
        int joint = Model.IndexOfJoint(name);
        return joint >= 0 && Model.Joints[joint].Type is JointType.Slide or JointType.Hinge
            ? Model.Joints[joint]
            : throw new ModelException(
                "the scene of a task lacks a slide or hinge", Model.Path, name);
    }

    private int Actuator(string name)
    {
        for (int i = 0; i < Model.Actuators.Count; i++)
        {
            if (Model.Actuators[i].Name == name)
            {
                return i;
            }
        }

        throw new ModelException("the scene of a task lacks an actuator", Model.Path, name);
    }
}
