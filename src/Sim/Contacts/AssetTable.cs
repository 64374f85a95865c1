using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Contacts;

/// <summary>
/// What contact needs of meshes and height fields, shared by all envs. Integers of a mesh: number
/// of
/// corners, place of the first coordinate, of each corner the place of its list of neighbours (from
/// the first of these integers), then the lists, each ended by -1. Integers of a height field:
/// rows,
/// columns, place of the first elevation.
/// </summary>
internal sealed class AssetTable
{
    private readonly List<int> _integers = [];
    private readonly List<float> _numbers = [];
    private readonly Dictionary<int, int> _meshes = [];
    private readonly Dictionary<int, int> _fields = [];

    /// <summary>Collects the assets of the geoms that may touch.</summary>
    public AssetTable(Model model, IReadOnlyList<CollisionPair> pairs)
    {
        foreach (int geom in pairs.SelectMany(pair => (int[])[pair.First, pair.Second]))
        {
            int mesh = model.Geoms[geom].Mesh;
            int field = model.Geoms[geom].HeightField;
            if (mesh >= 0 && _meshes.TryAdd(mesh, _integers.Count))
            {
                AddMesh(model.Meshes[mesh]);
            }

            if (field >= 0 && _fields.TryAdd(field, _integers.Count))
            {
                AddField(model.HeightFields[field]);
            }
        }
    }

    /// <summary>The integers.</summary>
    public IReadOnlyList<int> Integers => _integers;

    /// <summary>The numbers, m or 1.</summary>
    public IReadOnlyList<float> Numbers => _numbers;

    /// <summary>First integer of a geom's asset, or -1.</summary>
    public int Find(ModelGeom geom) =>
        _meshes.TryGetValue(geom.Mesh, out int mesh) ? mesh
        : _fields.TryGetValue(geom.HeightField, out int field) ? field : -1;

    private void AddField(ModelHeightField field)
    {
        _integers.AddRange([field.RowCount, field.ColumnCount, _numbers.Count]);
        _numbers.AddRange(field.Elevations.Select(elevation => (float)elevation));
    }

    private void AddMesh(ModelMesh mesh)
    {
        int count = mesh.HullVertices.Count;
        var neighbors = new SortedSet<int>[count];
        for (int i = 0; i < count; i++)
        {
            neighbors[i] = [];
        }

        for (int i = 0; i < mesh.HullTriangles.Count; i++)
        {
            int next = i % 3 == 2 ? i - 2 : i + 1;
            neighbors[mesh.HullTriangles[i]].Add(mesh.HullTriangles[next]);
            neighbors[mesh.HullTriangles[next]].Add(mesh.HullTriangles[i]);
        }

        _integers.AddRange([count, _numbers.Count]);
        int list = 2 + count;
        foreach (SortedSet<int> one in neighbors)
        {
            _integers.Add(list);
            list += one.Count + 1;
        }

        foreach (SortedSet<int> one in neighbors)
        {
            _integers.AddRange(one);
            _integers.Add(-1);
        }

        foreach (Vector3 corner in mesh.HullVertices)
        {
            _numbers.AddRange([(float)corner.X, (float)corner.Y, (float)corner.Z]);
        }
    }
}
