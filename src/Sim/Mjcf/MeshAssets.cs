using System.Xml.Linq;

namespace HilRig.Sim.Mjcf;

/// <summary>Mesh assets: their names, and where their files should be.</summary>
internal sealed class MeshAssets
{
    private readonly Dictionary<string, (XElement Element, string? Path)> _meshes = [];
    private readonly bool _skip;

    /// <summary>Reads the mesh elements of every asset section.</summary>
    public MeshAssets(XElement root, DefaultClasses classes, AssetFiles files, bool skip)
    {
        _skip = skip;
        foreach (XElement mesh in root.Elements("asset").Elements("mesh"))
        {
            MjcfAttributes at = classes.Resolve(mesh, null);
            string? file = at.Text("file");
            string name = mesh.Attribute("name")?.Value
                ?? Path.GetFileNameWithoutExtension(file)
                ?? throw MjcfFault.At(mesh, "a mesh has neither name nor file");
            string? path = file is null ? null : files.Resolve(file);
            if (!_meshes.TryAdd(name, (mesh, path)))
            {
                throw MjcfFault.At(mesh, $"mesh '{name}' is defined twice");
            }

            if (!skip)
            {
                RequireFile(mesh, path);
            }
        }
    }

    /// <summary>Requires that the mesh a geom names is defined.</summary>
    public void Require(MjcfAttributes geom)
    {
        string name = geom.Text("mesh")
            ?? throw MjcfFault.At(geom.Element, "a mesh geom names no mesh", "mesh=\"…\"");
        if (!_meshes.TryGetValue(name, out var mesh))
        {
            throw MjcfFault.At(
                geom.Element,
                $"mesh '{name}' is not defined",
                "a <mesh> of that name in <asset>",
                _meshes.Count == 0 ? "no meshes" : string.Join(", ", _meshes.Keys.Order()));
        }

        if (!_skip)
        {
            RequireFile(mesh.Element, mesh.Path);
            throw MjcfFault.At(
                geom.Element,
                "mesh geoms are not simulated yet",
                "primitive geoms",
                remedy: "pass --skip-meshes (MjcfOptions.SkipMeshes) to go on without them");
        }
    }

    private static void RequireFile(XElement mesh, string? path)
    {
        if (path is not null && !File.Exists(path))
        {
            throw MjcfFault.At(
                mesh,
                "the mesh file does not exist",
                path,
                "no such file",
                "get the mesh, or pass --skip-meshes (MjcfOptions.SkipMeshes)");
        }
    }
}
