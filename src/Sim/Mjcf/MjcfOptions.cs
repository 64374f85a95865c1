namespace HilRig.Sim.Mjcf;

/// <summary>What a caller allows the loader to leave out.</summary>
public sealed record MjcfOptions
{
    /// <summary>
    /// Whether mesh geoms are skipped. Default false: a mesh geom is refused. When true, a body
    /// without an inertial element lacks the mass of its meshes; a notice says so.
    /// </summary>
    public bool SkipMeshes { get; init; }
}
