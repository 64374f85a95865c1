using HilRig.Sim.Meshes;

namespace HilRig.Sim.Mjcf;

/// <summary>A mesh element and what was made of it.</summary>
/// <param name="at">Its attributes.</param>
/// <param name="name">Its name.</param>
internal sealed class MeshAsset(MjcfAttributes at, string name)
{
    public MjcfAttributes At => at;

    public string Name => name;

    public MeshSettings? Settings { get; set; }

    public TriangleMesh? Raw { get; set; }

    public CompiledMesh? Compiled { get; set; }
}
