using HilRig.Sim.Meshes;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Tests.Meshes;

/// <summary>A cuboid of 12 triangles, whose mass is known in closed form.</summary>
internal sealed class MeshMassTests
{
    private static readonly Vector3 Size = new(2, 3, 5);

    private static readonly Vector3[] Vertices =
    [
        .. Enumerable.Range(0, 8).Select(i => new Vector3(
            1 + (Size.X * (i & 1)), Size.Y * (i >> 1 & 1), -2 + (Size.Z * (i >> 2)))),
    ];

    [TestCase(MeshInertiaMode.Legacy)]
    [TestCase(MeshInertiaMode.Exact)]
    [TestCase(MeshInertiaMode.Convex)]
    public void A_solid_cuboid_has_its_volume_centre_and_inertia(object mode)
    {
        int[] faces = ConvexHull.Of(Vertices);
        MeshMass mass = MeshMass.Of(Vertices, faces, faces, (MeshInertiaMode)mode);
        Assert.That(mass.Extent, Is.EqualTo(30).Within(1e-12));
        Assert.That((mass.Center - new Vector3(2, 1.5, 0.5)).Length, Is.LessThan(1e-13));
        Assert.That(mass.Inertia.XX, Is.EqualTo(30 * (9 + 25) / 12.0).Within(1e-11));
        Assert.That(mass.Inertia.YY, Is.EqualTo(30 * (4 + 25) / 12.0).Within(1e-11));
        Assert.That(mass.Inertia.ZZ, Is.EqualTo(30 * (4 + 9) / 12.0).Within(1e-11));
        Assert.That(mass.Inertia.XY, Is.Zero.Within(1e-11));
    }

    [Test]
    public void A_shell_has_its_surface()
    {
        int[] faces = ConvexHull.Of(Vertices);
        MeshMass mass = MeshMass.Of(Vertices, faces, faces, MeshInertiaMode.Shell);
        Assert.That(mass.Extent, Is.EqualTo(62).Within(1e-12));
    }

    [Test]
    public void A_solid_that_is_turned_inside_out_is_refused()
    {
        int[] faces = [.. ConvexHull.Of(Vertices).Reverse()];
        var fault = Assert.Throws<FormatException>(
            () => MeshMass.Of(Vertices, faces, faces, MeshInertiaMode.Exact));
        Assert.That(fault!.Message, Does.Contain("inside out"));
    }
}
