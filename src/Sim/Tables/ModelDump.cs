using System.Globalization;
using System.Text.Json;
using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Tables;

/// <summary>
/// The compiled model as JSON, for people and for comparison with another simulator. SI units; an
/// absent limit is null; matrices by rows.
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
        json.WriteNumber("version", 1);
        json.WriteString("name", model.Name);
        WriteOptions(json, model.Options);
        WriteArray(json, "bodies", model.Bodies, body => WriteBody(json, body));
        WriteArray(json, "joints", model.Joints, joint => WriteJoint(json, joint));
        WriteArray(
            json,
            "actuators",
            model.Actuators,
            actuator => WriteActuator(json, actuator, actuator.Joint < 0 ? "" : model.Joints[actuator.Joint].Name));
        WriteArray(json, "keyframes", model.Keyframes, key => WriteKeyframe(json, key));
        WriteNumbers(json, "massMatrix0", model.ReferenceMassMatrix);
        WriteNumbers(json, "dofInverseWeight0", model.InverseWeight);
        double mean = 0;
        for (int i = 0; i < model.DofCount; i++)
        {
            mean += model.ReferenceMassMatrix[(i * model.DofCount) + i] / model.DofCount;
        }

        json.WriteNumber("meanInertia", mean);
        WriteArray(json, "notices", model.Notices, notice => json.WriteString("text", notice.Text));
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, ModelBody body)
    {
        (UnitQuaternion q, Vector3 d) = body.Inertia.Decompose();
        json.WriteString("name", body.Name);
        json.WriteNumber("parent", body.Parent);
        WriteVector(json, "pos", body.Position);
        WriteQuaternion(json, "quat", body.Orientation);
        json.WriteNumber("mass", body.Mass);
        WriteVector(json, "com", body.CenterOfMass);
        SymmetricMatrix3 i = body.Inertia;
        WriteNumbers(json, "inertia", [i.XX, i.YY, i.ZZ, i.XY, i.XZ, i.YZ]);
        WriteVector(json, "principalInertia", d);
        WriteQuaternion(json, "principalQuat", q);
    }

    private static void WriteJoint(Utf8JsonWriter json, ModelJoint joint)
    {
        json.WriteString("name", joint.Name);
        json.WriteString("type", joint.Type.ToString().ToLowerInvariant());
        json.WriteNumber("body", joint.Body);
        WriteVector(json, "pos", joint.Position);
        WriteVector(json, "axis", joint.Axis);
        json.WriteNumber("ref", joint.Reference);
        WriteRange(json, "range", joint.Limited, joint.RangeMin, joint.RangeMax);
        json.WriteNumber("stiffness", joint.Stiffness);
        json.WriteNumber("springref", joint.SpringReference);
        json.WriteNumber("damping", joint.Damping);
        json.WriteNumber("armature", joint.Armature);
        json.WriteNumber("frictionloss", joint.FrictionLoss);
        json.WriteNumber("margin", joint.Margin);
        WriteSoftness(json, "limit", joint.LimitSoftness);
        WriteSoftness(json, "friction", joint.FrictionSoftness);
        WriteRange(
            json,
            "actuatorForceRange",
            !double.IsInfinity(joint.ActuatorForceMin),
            joint.ActuatorForceMin,
            joint.ActuatorForceMax);
    }

    private static void WriteActuator(
        Utf8JsonWriter json, ModelActuator actuator, string joint)
    {
        json.WriteString("name", actuator.Name);
        json.WriteString("type", actuator.Kind);
        json.WriteString("joint", joint);
        json.WriteNumber("gear", actuator.Gear);
        json.WriteNumber("gain", actuator.Gain);
        WriteNumbers(json, "bias", [actuator.Bias0, actuator.Bias1, actuator.Bias2]);
        (double low, double high) = (actuator.ControlMin, actuator.ControlMax);
        WriteRange(json, "ctrlRange", !double.IsInfinity(low), low, high);
        (low, high) = (actuator.ForceMin, actuator.ForceMax);
        WriteRange(json, "forceRange", !double.IsInfinity(low), low, high);
    }

    private static void WriteKeyframe(Utf8JsonWriter json, ModelKeyframe keyframe)
    {
        json.WriteString("name", keyframe.Name);
        WriteNumbers(json, "qpos", keyframe.Position);
        WriteNumbers(json, "qvel", keyframe.Velocity);
        WriteNumbers(json, "ctrl", keyframe.Control);
    }

    private static void WriteOptions(Utf8JsonWriter json, ModelOptions options)
    {
        json.WriteStartObject("option");
        json.WriteNumber("timestep", options.TimeStep);
        WriteVector(json, "gravity", options.Gravity);
        json.WriteString("integrator", options.Integrator.ToString());
        json.WriteEndObject();
    }

    private static void WriteSoftness(Utf8JsonWriter json, string name, SoftConstraint soft)
    {
        WriteNumbers(json, "solref" + name, [soft.Reference0, soft.Reference1]);
        WriteNumbers(
            json,
            "solimp" + name,
            [soft.ImpedanceMin, soft.ImpedanceMax, soft.Width, soft.Midpoint, soft.Power]);
    }

    private static void WriteArray<TItem>(
        Utf8JsonWriter json, string name, IEnumerable<TItem> items, Action<TItem> write)
    {
        json.WriteStartArray(name);
        foreach (TItem item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRange(
        Utf8JsonWriter json, string name, bool limited, double low, double high)
    {
        if (limited)
        {
            WriteNumbers(json, name, [low, high]);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteVector(Utf8JsonWriter json, string name, Vector3 v) =>
        WriteNumbers(json, name, [v.X, v.Y, v.Z]);

    private static void WriteQuaternion(Utf8JsonWriter json, string name, UnitQuaternion q) =>
        WriteNumbers(json, name, [q.W, q.X, q.Y, q.Z]);

    private static void WriteNumbers(
        Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        // One line an array: 36 numbers of a mass matrix are not 36 lines.
        json.WritePropertyName(name);
        IEnumerable<string> texts =
            values.Select(value => value.ToString("R", CultureInfo.InvariantCulture));
        json.WriteRawValue("[" + string.Join(", ", texts) + "]");
    }
}
