using System.Xml.Linq;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Urdf;

/// <summary>Turns a link's inertial element into MJCF's.</summary>
internal static class UrdfInertial
{
    private static readonly string[] Entries = ["ixx", "iyy", "izz", "ixy", "ixz", "iyz"];

    /// <summary>The element; null when the link has none.</summary>
    public static XElement? Convert(XElement link)
    {
        if (link.Element("inertial") is not { } inertial)
        {
            return null;
        }

        Pose pose = UrdfPose.Read(inertial);
        XElement made = UrdfConversion.Made(
            inertial,
            "inertial",
            ("pos", UrdfConversion.Text(pose.Position.X, pose.Position.Y, pose.Position.Z)),
            ("mass", UrdfConversion.Required(Part(inertial, "mass"), "value")));
        var at = new MjcfAttributes(Part(inertial, "inertia"));
        double[] i = [.. Entries.Select(entry => at.Number(entry, 0))];
        if (i.All(entry => entry == 0))
        {
            return made;
        }

        // The matrix is on the axes of the origin; MJCF wants it on those of the body.
        SymmetricMatrix3 matrix = Turn(
            new SymmetricMatrix3(i[0], i[1], i[2], i[3], i[4], i[5]), pose.Orientation);
        made.SetAttributeValue("fullinertia", UrdfConversion.Text(
            matrix.XX, matrix.YY, matrix.ZZ, matrix.XY, matrix.XZ, matrix.YZ));
        return made;
    }

    private static SymmetricMatrix3 Turn(SymmetricMatrix3 matrix, UnitQuaternion rotation)
    {
        if (rotation == UnitQuaternion.Identity)
        {
            return matrix;
        }

        (UnitQuaternion axes, Vector3 moments) = PrincipalAxes.Of(matrix);
        return SymmetricMatrix3.FromPrincipal(rotation * axes, moments);
    }

    private static XElement Part(XElement inertial, string name) => inertial.Element(name)
        ?? throw MjcfFault.At(inertial, $"the inertial has no <{name}>", $"<{name} …/>");
}
