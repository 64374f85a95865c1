using HilRig.Sim.Spatial;

namespace HilRig.Sim.Meshes;

/// <summary>Collects triangles; equal corners become one, in the order they come.</summary>
internal sealed class MeshBuilder
{
    private readonly Dictionary<(float X, float Y, float Z), int> _indices = [];
    private readonly List<Vector3> _vertices = [];
    private readonly List<int> _triangles = [];

    public int TriangleCount => _triangles.Count / 3;

    /// <summary>Adds the next corner of a triangle.</summary>
    /// <exception cref="FormatException">It is not finite, or absurdly far away.</exception>
    public void Add(float x, float y, float z)
    {
        Require(x, y, z);
        if (!_indices.TryGetValue((x, y, z), out int index))
        {
            index = _vertices.Count;
            _indices[(x, y, z)] = index;
            _vertices.Add(new Vector3(x, y, z));
        }

        _triangles.Add(index);
    }

    /// <summary>The mesh.</summary>
    public TriangleMesh Build() => new([.. _vertices], [.. _triangles]);

    /// <summary>Refuses a corner that cannot be right.</summary>
    public static void Require(float x, float y, float z)
    {
        const float far = 1 << 30;
        if (!(Math.Abs(x) <= far && Math.Abs(y) <= far && Math.Abs(z) <= far))
        {
            throw new FormatException($"a corner is not finite or too far away: {x} {y} {z}");
        }
    }
}
