using System.Xml.Linq;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Urdf;

/// <summary>Turns a URDF joint into joints of its child's body.</summary>
internal static class UrdfJoint
{
    /// <summary>The joints; none of a fixed one.</summary>
    public static IEnumerable<XElement> Convert(XElement joint)
    {
        string name = UrdfConversion.Required(joint, "name");
        string type = new MjcfAttributes(joint).Word(
            "type", "", "revolute", "continuous", "prismatic", "fixed", "floating", "planar",
            "spherical");
        Vector3 axis = joint.Element("axis") is { } element
            ? new MjcfAttributes(element).Vector("xyz", default)
            : new Vector3(1, 0, 0);
        List<XElement> made = type switch
        {
            "revolute" or "continuous" => [One(joint, name, "hinge", axis)],
            "prismatic" => [One(joint, name, "slide", axis)],
            "floating" => [One(joint, name, "free", axis)],
            "spherical" => [One(joint, name, "ball", axis)],
            "planar" => Planar(joint, name, axis),
            "fixed" => [],
            _ => throw MjcfFault.At(joint, "the joint has no type", "type=\"revolute\", …"),
        };
        AddDynamics(joint, made);
        if (type is not ("fixed" or "planar"))
        {
            AddLimits(joint, made[0]);
        }

        return made;
    }

    private static XElement One(XElement joint, string name, string type, Vector3 axis) =>
        UrdfConversion.Made(
            joint,
            "joint",
            ("name", name),
            ("type", type),
            ("axis", UrdfConversion.Text(axis.X, axis.Y, axis.Z)));

    // Two slides in the plane across the axis, then a hinge about it.
    private static List<XElement> Planar(XElement joint, string name, Vector3 axis)
    {
        if (axis.Length == 0)
        {
            throw MjcfFault.At(joint, "the axis has length zero");
        }

        UnitQuaternion frame = UnitQuaternion.FromZAxis(axis);
        return
        [
            One(joint, name + "_TX", "slide", frame.Rotate(new Vector3(1, 0, 0))),
            One(joint, name + "_TY", "slide", frame.Rotate(new Vector3(0, 1, 0))),
            One(joint, name + "_RZ", "hinge", axis),
        ];
    }

    private static void AddDynamics(XElement joint, List<XElement> made)
    {
        if (joint.Element("dynamics") is not { } dynamics)
        {
            return;
        }

        foreach (XElement one in made)
        {
            one.SetAttributeValue("damping", dynamics.Attribute("damping")?.Value);
            one.SetAttributeValue("frictionloss", dynamics.Attribute("friction")?.Value);
        }
    }

    // A range of which an end is missing, or that is turned round, is none, as in MuJoCo.
    private static void AddLimits(XElement joint, XElement made)
    {
        if (joint.Element("limit") is not { } limit)
        {
            return;
        }

        var at = new MjcfAttributes(limit);
        double low = at.Number("lower", 0);
        double high = at.Number("upper", 0);
        made.SetAttributeValue("range", UrdfConversion.Text(low, high));
        if (at.Has("lower") != at.Has("upper") || low > high)
        {
            made.SetAttributeValue("limited", "false");
        }

        double effort = Math.Abs(at.Number("effort", 0));
        if (effort > 0)
        {
            made.SetAttributeValue("actuatorfrcrange", UrdfConversion.Text(-effort, effort));
        }
    }
}
