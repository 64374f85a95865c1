using System.Xml.Linq;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Urdf;

/// <summary>Reads origin elements.</summary>
internal static class UrdfPose
{
    /// <summary>The pose an element's origin gives; none without one.</summary>
    public static Pose Read(XElement element)
    {
        if (element.Element("origin") is not { } origin)
        {
            return Pose.Identity;
        }

        // Roll, pitch and yaw are about fixed axes: x first, z last.
        var at = new MjcfAttributes(origin);
        Vector3 rpy = at.Vector("rpy", default);
        UnitQuaternion rotation = UnitQuaternion.FromAxisAngle(new(0, 0, 1), rpy.Z)
            * UnitQuaternion.FromAxisAngle(new(0, 1, 0), rpy.Y)
            * UnitQuaternion.FromAxisAngle(new(1, 0, 0), rpy.X);
        return new Pose(at.Vector("xyz", default), rotation.Normalized());
    }

    /// <summary>Gives an MJCF element the pose of a URDF element's origin.</summary>
    public static void Place(XElement from, XElement made)
    {
        (Vector3 p, UnitQuaternion q) = Read(from);
        made.SetAttributeValue("pos", UrdfConversion.Text(p.X, p.Y, p.Z));
        made.SetAttributeValue("quat", UrdfConversion.Text(q.W, q.X, q.Y, q.Z));
    }
}
