namespace HilRig.Sim.Models;

/// <summary>Solid primitives, as MJCF has them.</summary>
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
}
