using System.Xml.Linq;

namespace HilRig.Sim.Mjcf;

/// <summary>What geoms refer to: meshes, height fields and the colours of materials.</summary>
internal sealed class GeomAssets
{
    private readonly Dictionary<string, double[]> _materials = [];

    /// <summary>Collects the asset sections.</summary>
    public GeomAssets(
        XElement root, DefaultClasses classes, AssetFiles files, NoticeList notices)
    {
        Meshes = new MeshAssets(root, classes, files, notices);
        HeightFields = new HeightFieldAssets(root, files);
        foreach (XElement material in root.Elements("asset").Elements("material"))
        {
            MjcfAttributes at = classes.Resolve(material, null);
            _materials[at.Name] = at.Numbers("rgba", 4, 4) ?? [1, 1, 1, 1];
        }
    }

    public MeshAssets Meshes { get; }

    public HeightFieldAssets HeightFields { get; }

    /// <summary>Colour of a geom: its own, else its material's, else grey.</summary>
    public double[] Color(MjcfAttributes at) =>
        at.Numbers("rgba", 4, 4)
        ?? _materials.GetValueOrDefault(at.Text("material") ?? "")
        ?? [0.5, 0.5, 0.5, 1];
}
