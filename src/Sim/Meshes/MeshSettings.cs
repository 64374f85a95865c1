using HilRig.Sim.Spatial;

namespace HilRig.Sim.Meshes;

/// <summary>What MJCF says about a mesh beside its file.</summary>
internal sealed record MeshSettings
{
    public Vector3 Scale { get; init; } = new(1, 1, 1);

    /// <summary>Taken from each corner before all else, in the file's unit.</summary>
    public Vector3 ReferencePosition { get; init; }

    /// <summary>Each corner is turned back by it.</summary>
    public UnitQuaternion ReferenceOrientation { get; init; } = UnitQuaternion.Identity;

    public MeshInertiaMode Inertia { get; init; } = MeshInertiaMode.Legacy;

    /// <summary>Corners of the hull at most; 0 for all.</summary>
    public int HullCornerMax { get; init; }

    /// <summary>Whether the scale turns the mesh inside out.</summary>
    public bool IsMirrored => Scale.X * Scale.Y * Scale.Z < 0;
}
