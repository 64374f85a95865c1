using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>Reads sites.</summary>
internal sealed class SiteReader(CompilerSettings compiler)
{
    private static readonly Vector3 DefaultSize = new(0.005, 0.005, 0.005);

    /// <summary>One site.</summary>
    /// <param name="at">The site.</param>
    /// <param name="frame">Pose of the frame elements around it, in the body.</param>
    public SiteDraft Read(MjcfAttributes at, Pose frame)
    {
        GeomKind kind = ShapeReader.Kind(at);
        if (kind is GeomKind.Plane or GeomKind.HeightField or GeomKind.Mesh)
        {
            throw MjcfFault.At(
                at.Find("type")!,
                $"a site cannot be a {ShapeReader.Word(kind)}",
                "sphere, capsule, ellipsoid, cylinder, box");
        }

        (Vector3 size, Pose pose) = ShapeReader.Read(at, kind, DefaultSize, compiler);
        pose = frame * pose;
        return new SiteDraft(at.Element, new ModelSite
        {
            Name = at.Name,
            Body = -1,
            Position = pose.Position,
            Orientation = pose.Orientation,
            Kind = kind,
            Size = size,
        });
    }
}
