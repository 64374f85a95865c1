namespace HilRig.Sim.Models;

/// <summary>Shapes of geoms, as MJCF has them.</summary>
public enum GeomKind
{
    /// <summary>Size.X is the radius.</summary>
    Sphere,

    /// <summary>Along z: Size.X is the radius, Size.Y half the length between the balls.</summary>
    Capsule,

    /// <summary>Size are the half axes.</summary>
    Ellipsoid,

    /// <summary>Along z: Size.X is the radius, Size.Y half the length.</summary>
    Cylinder,

    /// <summary>Size are the half edges.</summary>
    Box,

    /// <summary>The half space below z = 0; contact ignores Size.</summary>
    Plane,

    /// <summary>A hull: <see cref="ModelGeom.Mesh"/> in <see cref="Model.Meshes"/>.</summary>
    Mesh,

    /// <summary>
    /// A height field: <see cref="ModelGeom.HeightField"/> in <see cref="Model.HeightFields"/>.
    /// </summary>
    HeightField,
}
