using System.Xml.Linq;
using HilRig.Sim.Meshes;
using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>Mesh assets: read and compiled unless meshes are skipped.</summary>
internal sealed class MeshAssets
{
    private const string Remedy = "get the mesh (a package:// path is looked for in every folder "
        + "above the URDF), or pass --skip-meshes (MjcfOptions.SkipMeshes)";

    private readonly Dictionary<string, int> _indices = [];
    private readonly List<MeshAsset> _meshes = [];
    private readonly AssetFiles _files;
    private readonly NoticeList _notices;

    /// <summary>Collects the mesh elements of every asset section; reads no file yet.</summary>
    public MeshAssets(
        XElement root, DefaultClasses classes, AssetFiles files, NoticeList notices)
    {
        _files = files;
        _notices = notices;
        foreach (XElement mesh in root.Elements("asset").Elements("mesh"))
        {
            MjcfAttributes at = classes.Resolve(mesh, null);
            string? file = at.Text("file");
            string name = mesh.Attribute("name")?.Value
                ?? Path.GetFileNameWithoutExtension(file?.Replace('\\', '/'))
                ?? throw MjcfFault.At(mesh, "a mesh has neither name nor file");
            if (!_indices.TryAdd(name, _meshes.Count))
            {
                throw MjcfFault.At(mesh, $"mesh '{name}' is defined twice");
            }

            _meshes.Add(new MeshAsset(at, name));
        }
    }

    /// <summary>The mesh of an index.</summary>
    public CompiledMesh this[int index]
    {
        get
        {
            MeshAsset asset = _meshes[index];
            return asset.Compiled ??= Guard(asset, () =>
            {
                asset.Settings = Settings(asset);
                asset.Raw = asset.At.Has("file") ? ReadFile(asset.At) : ReadInline(asset.At);
                if (asset.Raw.IgnoredParts > 0)
                {
                    _notices.Add(
                        asset.At.Element, "only the first part of an OBJ file is used");
                }

                return MeshCompiler.Compile(asset.Name, asset.Raw, asset.Settings);
            });
        }
    }

    /// <summary>
    /// All meshes in the order of the file; those that something can touch have a hull.
    /// </summary>
    /// <param name="geoms">The geoms.</param>
    /// <param name="touches">Whether a geom can touch another.</param>
    public IReadOnlyList<ModelMesh> Compile(
        IReadOnlyList<ModelGeom> geoms, Func<ModelGeom, bool> touches)
    {
        var touched = geoms.Where(touches).Select(geom => geom.Mesh).ToHashSet();
        var meshes = new List<ModelMesh>();
        for (int i = 0; i < _meshes.Count; i++)
        {
            CompiledMesh compiled = this[i];
            MeshAsset asset = _meshes[i];
            meshes.Add(touched.Contains(i)
                ? Guard(asset, () =>
                    MeshCompiler.AddHull(compiled, asset.Raw!, asset.Settings!))
                : compiled.Mesh);
        }

        return meshes;
    }

    /// <summary>Index of the mesh a geom names.</summary>
    public int Find(MjcfAttributes geom)
    {
        string name = geom.Text("mesh")
            ?? throw MjcfFault.At(geom.Element, "a mesh geom names no mesh", "mesh=\"…\"");
        return _indices.TryGetValue(name, out int index)
            ? index
            : throw MjcfFault.At(
                geom.Element,
                $"mesh '{name}' is not defined",
                "a <mesh> of that name in <asset>",
                _indices.Count == 0 ? "no meshes" : string.Join(", ", _indices.Keys.Order()));
    }

    private static TResult Guard<TResult>(MeshAsset asset, Func<TResult> work)
    {
        try
        {
            return work();
        }
        catch (FormatException fault)
        {
            throw MjcfFault.At(
                asset.At.Element,
                $"mesh '{asset.Name}' cannot be used: {fault.Message}",
                found: asset.At.Text("file"),
                remedy: Remedy);
        }
    }

    private MeshSettings Settings(MeshAsset asset)
    {
        MjcfAttributes at = asset.At;
        int corners = at.Integer("maxhullvert", -1);
        if (corners is not -1 and < 4)
        {
            throw MjcfFault.At(at.Find("maxhullvert")!, "'maxhullvert' is too small", "4 or more");
        }

        Vector3 scale = at.Vector("scale", new Vector3(1, 1, 1));
        if (scale.X * scale.Y * scale.Z == 0)
        {
            throw MjcfFault.At(at.Find("scale")!, "'scale' is zero", "three numbers, none 0");
        }

        if (corners > 0)
        {
            _notices.Add(at.Element, "maxhullvert: which corners stay is not MuJoCo's choice");
        }

        double[] q = at.Numbers("refquat", 4, 4) ?? [1, 0, 0, 0];
        return new MeshSettings
        {
            Scale = scale,
            ReferencePosition = at.Vector("refpos", default),
            ReferenceOrientation = q is [0, 0, 0, 0]
                ? throw MjcfFault.At(at.Find("refquat")!, "the quaternion is zero")
                : new UnitQuaternion(q[0], q[1], q[2], q[3]),
            Inertia = at.Word("inertia", "legacy", "legacy", "exact", "convex", "shell") switch
            {
                "exact" => MeshInertiaMode.Exact,
                "convex" => MeshInertiaMode.Convex,
                "shell" => MeshInertiaMode.Shell,
                _ => MeshInertiaMode.Legacy,
            },
            HullCornerMax = Math.Max(0, corners),
        };
    }

    private TriangleMesh ReadFile(MjcfAttributes at)
    {
        if (at.Has("vertex") || at.Has("face"))
        {
            throw MjcfFault.At(at.Element, "a mesh has a file and its own corners", "one of them");
        }

        string path = _files.Resolve(at.Text("file")!);
        string kind = at.Text("content_type")?.ToLowerInvariant() switch
        {
            "model/stl" => ".stl",
            "model/obj" => ".obj",
            null => Path.GetExtension(path).ToLowerInvariant(),
            { } other => other,
        };
        if (kind is not (".stl" or ".obj"))
        {
            throw MjcfFault.At(
                at.Element, $"mesh files of kind '{kind}' are not read", ".stl, .obj",
                path, "convert it, for example with Blender, or pass --skip-meshes");
        }

        byte[] bytes = AssetFiles.Read(at.Element, path, ModelLimits.AssetBytesMax, Remedy);
        return kind == ".stl"
            ? StlFile.Read(bytes, ModelLimits.TriangleMax)
            : ObjFile.Read(bytes, ModelLimits.TriangleMax);
    }

    private static TriangleMesh ReadInline(MjcfAttributes at)
    {
        double[] v = at.Numbers("vertex", 0, 3 * ModelLimits.TriangleMax) ?? [];
        double[] f = at.Numbers("face", 0, 3 * ModelLimits.TriangleMax) ?? [];
        if (v.Length % 3 != 0 || f.Length % 3 != 0)
        {
            throw new FormatException("vertex and face are not multiples of 3 numbers");
        }

        var vertices = new Vector3[v.Length / 3];
        for (int i = 0; i < vertices.Length; i++)
        {
            var (x, y, z) = ((float)v[3 * i], (float)v[(3 * i) + 1], (float)v[(3 * i) + 2]);
            MeshBuilder.Require(x, y, z);
            vertices[i] = new Vector3(x, y, z);
        }

        return f.All(i => i >= 0 && i < vertices.Length && i == Math.Floor(i))
            ? new TriangleMesh(vertices, [.. f.Select(i => (int)i)])
            : throw new FormatException("a face names a corner that does not exist");
    }
}
