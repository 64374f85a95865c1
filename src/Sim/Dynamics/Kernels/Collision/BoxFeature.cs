namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>What of a box is nearest.</summary>
internal enum BoxFeature
{
    /// <summary>None is known.</summary>
    None,

    /// <summary>A face, or the inside; the lower end of the axis is there.</summary>
    FaceLow,

    /// <summary>A face, or the inside; the upper end of the axis is there.</summary>
    FaceHigh,

    /// <summary>Somewhere along an edge.</summary>
    Edge,

    /// <summary>A corner.</summary>
    Corner,
}
