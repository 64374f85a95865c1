namespace HilRig.Sim.Models;

/// <summary>What a frame sensor's frame belongs to.</summary>
public enum FrameKind
{
    /// <summary>The world, as a reference.</summary>
    None,

    /// <summary>A body's inertial frame (MJCF "body").</summary>
    BodyInertia,

    /// <summary>A body's own frame (MJCF "xbody").</summary>
    Body,

    /// <summary>A geom.</summary>
    Geom,

    /// <summary>A site.</summary>
    Site,
}
