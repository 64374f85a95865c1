using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// What the compiler computes at the reference position (MuJoCo, engine_setconst.c): the mass
/// matrix, inverse weights of dofs, bodies and tendons, springs and dampers from time constants,
/// and damping from damping ratios: kv = ratio · 2 √(kp · inertia).
/// </summary>
internal sealed class ReferenceConstants
{
    private const double Tiny = 1e-15;
    private readonly Model _model;
    private readonly ReferenceKinematics _kinematics;
    private readonly int _dofCount;
    private readonly double[] _mass;
    private readonly double[] _inverse;
    private readonly double[] _diagonal;

    private ReferenceConstants(Model model)
    {
        _model = model;
        _dofCount = model.DofCount;
        _kinematics = new ReferenceKinematics(model);
        _mass = new double[_dofCount * _dofCount];
        AddBodies();
        _diagonal = [.. Enumerable.Range(0, _dofCount).Select(i => _mass[i * (_dofCount + 1)])];
        AddTendons();
        _inverse = DenseInverse.Of(_mass, _dofCount);
    }

    /// <summary>The model with these constants filled in.</summary>
    /// <param name="model">The model.</param>
    /// <param name="joints">
    /// The joints as read, for springs given by time constants; null for none.
    /// </param>
    public static Model Fill(Model model, IReadOnlyList<JointDraft>? joints = null)
    {
        var constants = new ReferenceConstants(model);
        double[] weights = constants.DofWeights();
        int n = model.DofCount;
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            sum += constants._mass[i * (n + 1)];
        }

        return model with
        {
            ReferenceMassMatrix = constants._mass,
            InverseWeight = weights,
            MeanInertia = sum / n,
            Bodies = [.. model.Bodies.Select(constants.Weigh)],
            Tendons = [.. model.Tendons.Select(tendon => tendon with
            {
                InverseWeight = constants.Quadratic(constants.Gradient(tendon)),
            })],
            Joints = [.. model.Joints.Select((joint, i) => Damp(joint, joints?[i], weights))],
            Actuators = [.. model.Actuators.Select(constants.Damp)],
        };
    }

    private void AddBodies()
    {
        for (int index = 1; index < _model.Bodies.Count; index++)
        {
            ModelBody body = _model.Bodies[index];
            Vector3 center = _kinematics.Center(index);
            UnitQuaternion orientation = _kinematics.Poses[index].Orientation;
            (UnitQuaternion principal, Vector3 moments) = body.Inertia.Decompose();
            UnitQuaternion axes = orientation * principal;
            SymmetricMatrix3 inertia = SymmetricMatrix3.FromPrincipal(axes, moments);
            ReadOnlySpan<int> dofs = _kinematics.DofsOf(index);
            foreach (int i in dofs)
            {
                (Vector3 linear, Vector3 angular) = _kinematics.Motion(i, center);
                Vector3 momentum = body.Mass * linear;
                Vector3 spin = inertia.Times(angular);
                foreach (int j in dofs)
                {
                    (Vector3 other, Vector3 turn) = _kinematics.Motion(j, center);
                    _mass[(i * _dofCount) + j] +=
                        Vector3.Dot(momentum, other) + Vector3.Dot(spin, turn);
                }
            }
        }

        foreach (ModelJoint joint in _model.Joints)
        {
            for (int k = 0; k < joint.Type.DofCount(); k++)
            {
                _mass[(joint.DofAddress + k) * (_dofCount + 1)] += joint.Armature;
            }
        }
    }

    private void AddTendons()
    {
        foreach (ModelTendon tendon in _model.Tendons.Where(tendon => tendon.Armature != 0))
        {
            double[] gradient = Gradient(tendon);
            for (int i = 0; i < _dofCount; i++)
            {
                for (int j = 0; gradient[i] != 0 && j < _dofCount; j++)
                {
                    _mass[(i * _dofCount) + j] += tendon.Armature * gradient[i] * gradient[j];
                }
            }
        }
    }

    private double[] Gradient(ModelTendon tendon)
    {
        double[] gradient = new double[_dofCount];
        for (int k = 0; k < tendon.Joints.Count; k++)
        {
            gradient[_model.Joints[tendon.Joints[k]].DofAddress] += tendon.Coefficients[k];
        }

        return gradient;
    }

    // gᵀ M⁻¹ g.
    private double Quadratic(double[] g)
    {
        double sum = 0;
        for (int i = 0; i < _dofCount; i++)
        {
            for (int j = 0; g[i] != 0 && j < _dofCount; j++)
            {
                sum += g[i] * g[j] * _inverse[(i * _dofCount) + j];
            }
        }

        return sum;
    }

    // The diagonal of M⁻¹, averaged over the three translations or rotations of a joint.
    private double[] DofWeights()
    {
        double[] weights = new double[_dofCount];
        foreach (ModelJoint joint in _model.Joints)
        {
            ModelBody body = _model.Bodies[joint.Body];
            if (body.IsPlainSlider)
            {
                weights[joint.DofAddress] = 1 / Math.Max(Tiny, body.Mass);
                continue;
            }

            int size = Math.Min(3, joint.Type.DofCount());
            for (int first = 0; first < joint.Type.DofCount(); first += size)
            {
                int dof = joint.DofAddress + first;
                double sum = 0;
                for (int k = dof; k < dof + size; k++)
                {
                    sum += _inverse[k * (_dofCount + 1)];
                }

                Array.Fill(weights, sum / size, dof, size);
            }
        }

        return weights;
    }

    private ModelBody Weigh(ModelBody body, int index)
    {
        if (body.IsPlainSlider)
        {
            return body with
            {
                InverseWeightTranslation = 1 / Math.Max(Tiny, body.Mass),
                InverseWeightRotation = 0,
            };
        }

        ReadOnlySpan<int> dofs = _kinematics.DofsOf(index);
        Vector3 center = _kinematics.Center(index);
        double translation = 0;
        double rotation = 0;
        foreach (int i in dofs)
        {
            (Vector3 linear, Vector3 angular) = _kinematics.Motion(i, center);
            foreach (int j in dofs)
            {
                (Vector3 other, Vector3 turn) = _kinematics.Motion(j, center);
                double inverse = _inverse[(i * _dofCount) + j];
                translation += inverse * Vector3.Dot(linear, other);
                rotation += inverse * Vector3.Dot(angular, turn);
            }
        }

        return body with
        {
            InverseWeightTranslation = translation / 3,
            InverseWeightRotation = rotation / 3,
        };
    }

    private static ModelJoint Damp(ModelJoint joint, JointDraft? draft, double[] weights)
    {
        if (draft is not { TimeConstant: > 0 })
        {
            return joint;
        }

        int size = joint.Type.DofCount();
        double weight = 0;
        for (int k = 0; k < size; k++)
        {
            weight += weights[joint.DofAddress + k];
        }

        double inertia = size / Math.Max(Tiny, weight);
        double period = draft.TimeConstant * draft.DampingRatio;
        return joint with
        {
            Stiffness = inertia / Math.Max(Tiny, period * period),
            Damping = 2 * inertia / Math.Max(Tiny, draft.TimeConstant),
        };
    }

    private ModelActuator Damp(ModelActuator actuator)
    {
        if (actuator.Gain != -actuator.Bias1 || actuator.Bias2 <= 0)
        {
            return actuator;
        }

        double[] moments = ActuatorMoments.At(_model, _kinematics, actuator);
        double inertia = 0;
        for (int i = 0; i < _dofCount; i++)
        {
            double square = moments[i] * moments[i];
            inertia += square > Tiny ? _diagonal[i] / square : 0;
        }

        return actuator with { Bias2 = -actuator.Bias2 * 2 * Math.Sqrt(actuator.Gain * inertia) };
    }
}
