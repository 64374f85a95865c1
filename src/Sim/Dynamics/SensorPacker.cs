using HilRig.Core.Errors;
using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Dynamics;

/// <summary>Writes sensors into constants and integers.</summary>
internal static class SensorPacker
{
    /// <summary>Writes the constants.</summary>
    public static void PackConstants(Model model, Layout layout, Span<double> constants)
    {
        for (int i = 0; i < model.Sensors.Count; i++)
        {
            ModelSensor sensor = model.Sensors[i];
            Span<double> block = constants[layout.Sensors.Of(i, 0)..];
            block[SensorSlots.Cutoff] = sensor.Cutoff;
            UnitQuaternion own = Orientation(model, FrameOf(sensor), sensor.Target);
            UnitQuaternion other =
                Orientation(model, sensor.ReferenceFrame, sensor.Reference);
            own.ToMatrix().CopyTo(block[SensorSlots.Rotation..]);
            other.ToMatrix().CopyTo(block[SensorSlots.ReferenceRotation..]);
            Write(own, block[SensorSlots.Quaternion..]);
            Write(other, block[SensorSlots.ReferenceQuaternion..]);
        }

        for (int body = 0; model.Sensors.Count > 0 && body < model.Bodies.Count; body++)
        {
            Write(
                model.Bodies[body].Orientation,
                constants[(layout.Sensors.BodyQuaternions + (4 * body))..]);
        }
    }

    /// <summary>Writes the integers.</summary>
    /// <exception cref="ModelException">A sensor cannot be computed.</exception>
    public static void PackTopology(
        Model model, Layout layout, KinematicTree tree, Span<int> topology)
    {
        SensorNeeds needs = SensorNeeds.None;
        for (int i = 0; i < model.Sensors.Count; i++)
        {
            ModelSensor sensor = model.Sensors[i];
            needs |= Needs(sensor.Kind);
            Span<int> block = topology[layout.Sensors.IndexOf(i, 0)..];
            FrameKind frame = FrameOf(sensor);
            block[SensorSlots.Kind] = (int)sensor.Kind;
            block[SensorSlots.Target] = Target(model, sensor);
            block[SensorSlots.Body] = Body(model, frame, sensor.Target);
            block[SensorSlots.Position] = Place(layout, frame, sensor.Target);
            block[SensorSlots.ReferenceBody] = sensor.ReferenceFrame == FrameKind.None
                ? -1
                : Body(model, sensor.ReferenceFrame, sensor.Reference);
            block[SensorSlots.ReferencePosition] =
                Place(layout, sensor.ReferenceFrame, sensor.Reference);
            block[SensorSlots.Address] = sensor.Address;
            block[SensorSlots.Dimension] = sensor.Dimension;
            block[SensorSlots.Cut] = Cut(sensor);
            block[SensorSlots.LastBody] = LastBelow(model, block[SensorSlots.Body]);
            if (sensor.Kind is SensorKind.Force or SensorKind.Torque
                && !tree.Moves(block[SensorSlots.Body]))
            {
                throw new ModelException(
                    $"sensor '{sensor.Name}' measures a force in a body that never moves",
                    model.Path,
                    "a site on a body with a joint at or above it",
                    remedy: "put the site on a moving body, or remove the sensor");
            }
        }

        topology[layout.Sensors.Needs] = (int)needs;
    }

    private static SensorNeeds Needs(SensorKind kind) => kind switch
    {
        SensorKind.JointPosition or SensorKind.JointVelocity or SensorKind.TendonPosition
            or SensorKind.TendonVelocity or SensorKind.ActuatorPosition
            or SensorKind.ActuatorVelocity or SensorKind.ActuatorForce
            or SensorKind.JointActuatorForce or SensorKind.BallQuaternion
            or SensorKind.BallAngularVelocity or SensorKind.JointLimitPosition
            or SensorKind.JointLimitVelocity or SensorKind.JointLimitForce
            or SensorKind.Clock => SensorNeeds.Scalars,
        SensorKind.FramePosition or SensorKind.FrameXAxis or SensorKind.FrameYAxis
            or SensorKind.FrameZAxis => SensorNeeds.Frames,
        SensorKind.FrameQuaternion => SensorNeeds.Quaternions,
        SensorKind.FrameLinearVelocity or SensorKind.FrameAngularVelocity
            or SensorKind.Velocimeter or SensorKind.Gyro => SensorNeeds.Velocities,
        SensorKind.FrameLinearAcceleration or SensorKind.FrameAngularAcceleration
            or SensorKind.Accelerometer => SensorNeeds.Accelerations,
        SensorKind.Force or SensorKind.Torque =>
            SensorNeeds.Accelerations | SensorNeeds.Forces,
        SensorKind.Touch => SensorNeeds.Touch,
        SensorKind.SubtreeCenter or SensorKind.SubtreeLinearVelocity
            or SensorKind.SubtreeAngularMomentum => SensorNeeds.Subtrees,
    };

    // Sensors of a site are frame sensors of it.
    private static FrameKind FrameOf(ModelSensor sensor) => sensor.Kind switch
    {
        SensorKind.Velocimeter or SensorKind.Gyro or SensorKind.Accelerometer
            or SensorKind.Force or SensorKind.Torque or SensorKind.Touch => FrameKind.Site,
        SensorKind.SubtreeCenter or SensorKind.SubtreeLinearVelocity
            or SensorKind.SubtreeAngularMomentum => FrameKind.Body,
        _ => sensor.Frame,
    };

    private static int Target(Model model, ModelSensor sensor) => sensor.Kind switch
    {
        SensorKind.JointPosition or SensorKind.BallQuaternion =>
            model.Joints[sensor.Target].PositionAddress,
        SensorKind.JointVelocity or SensorKind.JointActuatorForce
            or SensorKind.BallAngularVelocity or SensorKind.JointLimitPosition
            or SensorKind.JointLimitVelocity or SensorKind.JointLimitForce =>
            model.Joints[sensor.Target].DofAddress,
        _ => sensor.Target,
    };

    private static int Body(Model model, FrameKind frame, int target) => frame switch
    {
        FrameKind.None => 0,
        FrameKind.Body or FrameKind.BodyInertia => target,
        FrameKind.Geom => model.Geoms[target].Body,
        FrameKind.Site => model.Sites[target].Body,
    };

    private static int Place(Layout layout, FrameKind frame, int target) => frame switch
    {
        FrameKind.None or FrameKind.Body => layout.Sensors.Zero,
        FrameKind.BodyInertia => Dynamics.Layout.OfBody(target, ConstantSlots.BodyCenter),
        FrameKind.Geom => layout.Contacts.OfGeom(target, ContactSlots.GeomPosition),
        FrameKind.Site => layout.Sites.Of(target, ConstantSlots.SitePosition),
    };

    private static UnitQuaternion Orientation(Model model, FrameKind frame, int target) =>
        frame switch
        {
            FrameKind.None or FrameKind.Body => UnitQuaternion.Identity,
            FrameKind.BodyInertia => model.Bodies[target].Inertia.Decompose().Rotation,
            FrameKind.Geom => model.Geoms[target].Orientation,
            FrameKind.Site => model.Sites[target].Orientation,
        };

    private static int Cut(ModelSensor sensor) => sensor.Cutoff <= 0 ? 0 : sensor.Kind switch
    {
        SensorKind.Touch => 2,
        SensorKind.BallQuaternion or SensorKind.FrameQuaternion or SensorKind.FrameXAxis
            or SensorKind.FrameYAxis or SensorKind.FrameZAxis => 0,
        _ => 1,
    };

    private static int LastBelow(Model model, int body)
    {
        int last = body;
        while (last + 1 < model.Bodies.Count && IsBelow(model, last + 1, body))
        {
            last++;
        }

        return last;
    }

    private static bool IsBelow(Model model, int body, int ancestor)
    {
        while (body > ancestor)
        {
            body = model.Bodies[body].Parent;
        }

        return body == ancestor;
    }

    private static void Write(UnitQuaternion quaternion, Span<double> block)
    {
        block[0] = quaternion.W;
        block[1] = quaternion.X;
        block[2] = quaternion.Y;
        block[3] = quaternion.Z;
    }
}
