using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Meshes;

/// <summary>A mesh in its principal frame, with its mass for a density of 1.</summary>
/// <param name="Mesh">The mesh; its hull may still be missing.</param>
/// <param name="Hull">Corners of the hull's triangles in the mesh; null until it is needed.</param>
/// <param name="Extent">Volume, m³, or surface of a shell, m².</param>
/// <param name="Moments">Principal moments per mass, m².</param>
/// <param name="HalfExtent">Largest absolute coordinates, m.</param>
internal sealed record CompiledMesh(
    ModelMesh Mesh, int[]? Hull, double Extent, Vector3 Moments, Vector3 HalfExtent);
