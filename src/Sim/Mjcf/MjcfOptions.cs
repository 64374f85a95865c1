namespace HilRig.Sim.Mjcf;

/// <summary>What a caller allows the loader to leave out.</summary>
public sealed record MjcfOptions
{
    /// <summary>
    /// Whether mesh geoms are skipped. Default false: a mesh geom is refused. When true, a body
    /// without an inertial element lacks the mass of its meshes; a notice says so.
    /// </summary>
    public bool SkipMeshes { get; init; }

    /// <summary>
    /// Whether sensors of kinds that are not simulated are skipped. Default false: they are
    /// refused. The motion is the same without them; a notice names each kind.
    /// </summary>
    public bool SkipSensors { get; init; }

    /// <summary>Contacts an env can hold; 0, the default, for what the file says, or 128.</summary>
    public int ContactMax { get; init; }
}
