using HilRig.Sim.Spatial;

namespace HilRig.Sim.Meshes;

/// <summary>A mesh as a file has it.</summary>
/// <param name="Vertices">Corners; each number is a float32.</param>
/// <param name="Triangles">Corners of each triangle; none for a cloud of points.</param>
/// <param name="IgnoredParts">Parts of the file beyond the first, which are not in it.</param>
internal sealed record TriangleMesh(Vector3[] Vertices, int[] Triangles, int IgnoredParts = 0);
