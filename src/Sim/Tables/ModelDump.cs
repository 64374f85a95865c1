using System.Text.Json;
using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Tables;

/// <summary>
/// The compiled model as JSON, for people and for comparison with another simulator. SI units; an
/// absent limit is null; matrices by rows; references are indices in the lists of the dump.
/// </summary>
public static class ModelDump
{
    /// <summary>Writes the dump.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="output">Receives UTF-8 text.</param>
    public static void Write(Model model, Stream output)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("version", 2);
        json.WriteString("name", model.Name);
        WriteOptions(json, model.Options);
        json.Array("bodies", model.Bodies, body => WriteBody(json, body));
        json.Array("joints", model.Joints, joint => WriteJoint(json, joint));
        json.Numbers("qpos0", model.ReferencePosition);
        json.Numbers("qposSpring", model.SpringPosition);
        GeometryDump.Write(json, model);
        json.Array("tendons", model.Tendons, tendon => WriteTendon(json, tendon));
        json.Array("equalities", model.Equalities, one => WriteEquality(json, one));
        json.Array("actuators", model.Actuators, one => WriteActuator(json, one, model));
        json.Array("sensors", model.Sensors, sensor => WriteSensor(json, sensor));
        json.Array("keyframes", model.Keyframes, key => WriteKeyframe(json, key));
        json.Numbers("massMatrix0", model.ReferenceMassMatrix);
        json.Numbers("dofInverseWeight0", model.InverseWeight);
        json.Number("meanInertia", model.MeanInertia);
        json.Array("notices", model.Notices, notice => json.WriteString("text", notice.Text));
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, ModelBody body)
    {
        (UnitQuaternion q, Vector3 d) = body.Inertia.Decompose();
        json.WriteString("name", body.Name);
        json.WriteNumber("parent", body.Parent);
        json.WriteNumber("root", body.Root);
        json.WriteNumber("weld", body.Weld);
        json.Vector("pos", body.Position);
        json.Quaternion("quat", body.Orientation);
        json.Number("mass", body.Mass);
        json.Vector("com", body.CenterOfMass);
        SymmetricMatrix3 i = body.Inertia;
        json.Numbers("inertia", [i.XX, i.YY, i.ZZ, i.XY, i.XZ, i.YZ]);
        json.Vector("principalInertia", d);
        json.Quaternion("principalQuat", q);
        json.Number("gravcomp", body.GravityCompensation);
        json.Numbers(
            "inverseWeight0", [body.InverseWeightTranslation, body.InverseWeightRotation]);
    }

    private static void WriteJoint(Utf8JsonWriter json, ModelJoint joint)
    {
        json.WriteString("name", joint.Name);
        json.WriteString("type", joint.Type.ToString().ToLowerInvariant());
        json.WriteNumber("body", joint.Body);
        json.WriteNumber("qposAddress", joint.PositionAddress);
        json.WriteNumber("dofAddress", joint.DofAddress);
        json.Vector("pos", joint.Position);
        json.Vector("axis", joint.Axis);
        json.Number("ref", joint.Reference);
        json.Range("range", joint.Limited, joint.RangeMin, joint.RangeMax);
        json.Number("stiffness", joint.Stiffness);
        json.Number("springref", joint.SpringReference);
        json.Number("damping", joint.Damping);
        json.Number("armature", joint.Armature);
        json.Number("frictionloss", joint.FrictionLoss);
        json.Number("margin", joint.Margin);
        json.Softness("limit", joint.LimitSoftness);
        json.Softness("friction", joint.FrictionSoftness);
        json.Range("actuatorForceRange", joint.ActuatorForceMin, joint.ActuatorForceMax);
        json.WriteBoolean("actuatorGravcomp", joint.GravityCompensationIsActuated);
        json.WriteNumber("group", joint.Group);
    }

    private static void WriteTendon(Utf8JsonWriter json, ModelTendon tendon)
    {
        json.WriteString("name", tendon.Name);
        json.Numbers("joints", tendon.Joints.Select(joint => (double)joint));
        json.Numbers("coef", tendon.Coefficients);
        json.Range("range", tendon.Limited, tendon.RangeMin, tendon.RangeMax);
        json.Number("stiffness", tendon.Stiffness);
        json.Number("damping", tendon.Damping);
        json.Number("armature", tendon.Armature);
        json.Number("frictionloss", tendon.FrictionLoss);
        json.Number("margin", tendon.Margin);
        json.Numbers("springlength", [tendon.SpringLengthMin, tendon.SpringLengthMax]);
        json.Softness("limit", tendon.LimitSoftness);
        json.Softness("friction", tendon.FrictionSoftness);
        json.Range("actuatorForceRange", tendon.ActuatorForceMin, tendon.ActuatorForceMax);
        json.Number("length0", tendon.ReferenceLength);
        json.Number("inverseWeight0", tendon.InverseWeight);
    }

    private static void WriteEquality(Utf8JsonWriter json, ModelEquality equality)
    {
        json.WriteString("name", equality.Name);
        json.WriteString("type", equality.Kind.ToString().ToLowerInvariant());
        json.WriteNumber("first", equality.First);
        json.WriteNumber("second", equality.Second);
        json.WriteBoolean("active", equality.Active);
        json.Softness("", equality.Softness);
        switch (equality.Kind)
        {
            case EqualityKind.Joint or EqualityKind.Tendon:
                json.Numbers("polycoef", equality.Polynomial);
                break;
            case EqualityKind.Connect or EqualityKind.Weld:
                json.Vector("firstAnchor", equality.FirstAnchor);
                json.Vector("secondAnchor", equality.SecondAnchor);
                break;
        }

        if (equality.Kind == EqualityKind.Weld)
        {
            json.Quaternion("relativeQuat", equality.RelativeOrientation);
            json.Number("torqueScale", equality.TorqueScale);
        }
    }

    private static void WriteActuator(Utf8JsonWriter json, ModelActuator actuator, Model model)
    {
        json.WriteString("name", actuator.Name);
        json.WriteString("type", actuator.Kind);
        json.WriteString("joint", actuator.Joint < 0 ? "" : model.Joints[actuator.Joint].Name);
        json.WriteString("transmission", actuator.Transmission.ToString().ToLowerInvariant());
        json.WriteNumber("target", actuator.Target);
        json.Numbers("gear", actuator.GearVector);
        json.WriteString("dynamics", actuator.Dynamics.ToString().ToLowerInvariant());
        json.Number("timeConstant", actuator.TimeConstant);
        json.WriteNumber("actAddress", actuator.ActivationAddress);
        json.WriteBoolean("actEarly", actuator.ActivationEarly);
        json.Numbers("gain", [actuator.Gain, actuator.Gain1, actuator.Gain2]);
        json.Numbers("bias", [actuator.Bias0, actuator.Bias1, actuator.Bias2]);
        json.Range("ctrlRange", actuator.ControlMin, actuator.ControlMax);
        json.Range("forceRange", actuator.ForceMin, actuator.ForceMax);
        json.Range("actRange", actuator.ActivationMin, actuator.ActivationMax);
        json.WriteNumber("group", actuator.Group);
    }

    private static void WriteSensor(Utf8JsonWriter json, ModelSensor sensor)
    {
        json.WriteString("name", sensor.Name);
        json.WriteString("type", sensor.Kind.ToString());
        json.WriteNumber("target", sensor.Target);
        json.WriteString("frame", sensor.Frame.ToString());
        json.WriteString("referenceFrame", sensor.ReferenceFrame.ToString());
        json.WriteNumber("reference", sensor.Reference);
        json.Number("cutoff", sensor.Cutoff);
        json.WriteNumber("address", sensor.Address);
        json.WriteNumber("dim", sensor.Dimension);
    }

    private static void WriteKeyframe(Utf8JsonWriter json, ModelKeyframe keyframe)
    {
        json.WriteString("name", keyframe.Name);
        json.Numbers("qpos", keyframe.Position);
        json.Numbers("qvel", keyframe.Velocity);
        json.Numbers("act", keyframe.Activation);
        json.Numbers("ctrl", keyframe.Control);
    }

    private static void WriteOptions(Utf8JsonWriter json, ModelOptions options)
    {
        json.WriteStartObject("option");
        json.Number("timestep", options.TimeStep);
        json.Vector("gravity", options.Gravity);
        json.WriteString("integrator", options.Integrator.ToString());
        json.WriteString("cone", options.Cone.ToString().ToLowerInvariant());
        json.Number("impratio", options.ImpedanceRatio);
        json.Number("tolerance", options.Tolerance);
        json.WriteNumber("iterations", options.IterationMax);
        json.WriteNumber("lsIterations", options.LineSearchMax);
        json.WriteStartObject("flags");
        json.WriteBoolean("constraint", options.ConstraintEnabled);
        json.WriteBoolean("equality", options.EqualityEnabled);
        json.WriteBoolean("frictionloss", options.FrictionLossEnabled);
        json.WriteBoolean("limit", options.LimitEnabled);
        json.WriteBoolean("contact", options.ContactEnabled);
        json.WriteBoolean("spring", options.SpringEnabled);
        json.WriteBoolean("damper", options.DamperEnabled);
        json.WriteBoolean("gravity", options.GravityEnabled);
        json.WriteBoolean("clampctrl", options.ClampControl);
        json.WriteBoolean("warmstart", options.WarmStart);
        json.WriteBoolean("filterparent", options.FilterParent);
        json.WriteBoolean("actuation", options.ActuationEnabled);
        json.WriteBoolean("refsafe", options.ReferenceSafety);
        json.WriteBoolean("eulerdamp", options.EulerDamping);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
