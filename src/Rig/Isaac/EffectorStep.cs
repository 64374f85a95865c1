using HilRig.Sim.Models;
using HilRig.Sim.Rendering;
using HilRig.Sim.Spatial;

namespace HilRig.Rig.Isaac;

/// <summary>
/// One step of position-only inverse kinematics towards a point, in place of Isaac's RMPFlow:
/// damped least squares, Δq = Jᵀ (J Jᵀ + λ² 1)⁻¹ e (Nakamura and Hanafusa, 1986), J by differences.
/// </summary>
internal sealed class EffectorStep
{
    private const double Damping = 0.05;
    private const double Probe = 1e-6;
    private const double StepMeters = 0.02;

    private readonly Model _model;
    private readonly BodyPoses _poses;
    private readonly int _body;
    private readonly double[] _trial;

    /// <summary>Makes a step for the outermost body of a robot.</summary>
    /// <param name="model">The robot.</param>
    public EffectorStep(Model model)
    {
        _model = model;
        _poses = new BodyPoses(model);
        _body = model.Bodies.Count - 1;
        _trial = new double[model.DofCount];
    }

    /// <summary>Where the effector is, m.</summary>
    /// <param name="pose">Positions of all joints of the model.</param>
    public Vector3 Find(ReadOnlySpan<double> pose)
    {
        _poses.Update(pose);
        return _poses.Position[_body];
    }

    /// <summary>Moves goals one step, at most 2 cm, towards a point.</summary>
    /// <param name="arm">Whose goals.</param>
    /// <param name="target">The point in the world, m.</param>
    public void Move(SimulatedArm arm, Vector3 target)
    {
        for (int dof = 0; dof < arm.Goal.Length; dof++)
        {
            _trial[arm.ModelJoint[dof]] = arm.Goal[dof];
        }

        Vector3 here = Find(_trial);
        Vector3 error = target - here;
        error = Math.Min(1, StepMeters / Math.Max(error.Length, 1e-9)) * error;
        var columns = new Vector3[arm.Goal.Length];
        for (int dof = 0; dof < columns.Length; dof++)
        {
            int joint = arm.ModelJoint[dof];
            _trial[joint] += Probe;
            columns[dof] = (1 / Probe) * (Find(_trial) - here);
            _trial[joint] -= Probe;
        }

        Vector3 weight = Solve(columns, error);
        for (int dof = 0; dof < columns.Length; dof++)
        {
            ModelJoint joint = _model.Joints[arm.ModelJoint[dof]];
            double goal = arm.Goal[dof] + Vector3.Dot(columns[dof], weight);
            arm.Goal[dof] = joint.Limited
                ? Math.Clamp(goal, joint.RangeMin, joint.RangeMax)
                : goal;
        }
    }

    // (J Jᵀ + λ² 1) w = e by Cramer's rule; symmetric and positive, so it has a solution.
    private static Vector3 Solve(Vector3[] columns, Vector3 error)
    {
        var x = new Vector3(Damping * Damping, 0, 0);
        var y = new Vector3(0, Damping * Damping, 0);
        var z = new Vector3(0, 0, Damping * Damping);
        foreach (Vector3 column in columns)
        {
            x += column.X * column;
            y += column.Y * column;
            z += column.Z * column;
        }

        double determinant = Vector3.Dot(x, Vector3.Cross(y, z));
        return (1 / determinant) * new Vector3(
            Vector3.Dot(error, Vector3.Cross(y, z)),
            Vector3.Dot(x, Vector3.Cross(error, z)),
            Vector3.Dot(x, Vector3.Cross(y, error)));
    }
}
