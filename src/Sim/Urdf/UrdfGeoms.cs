using System.Xml.Linq;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Urdf;

/// <summary>Turns visual and collision elements into geoms, and their meshes into assets.</summary>
internal sealed class UrdfGeoms
{
    private readonly UrdfFiles _files;
    private readonly bool _discardsVisual;
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<string, string> _colors = [];
    private readonly Dictionary<string, List<(string Scale, string Name)>> _meshes = [];

    /// <summary>Reads the materials of a robot.</summary>
    public UrdfGeoms(XElement robot, UrdfFiles files, bool discardsVisual)
    {
        _files = files;
        _discardsVisual = discardsVisual;
        Assets = UrdfConversion.Made(robot, "asset");
        foreach (XElement material in robot.Descendants("material"))
        {
            if (material.Attribute("name")?.Value is { } name
                && material.Element("color")?.Attribute("rgba")?.Value is { } color)
            {
                _ = _colors.TryAdd(name, color);
            }
        }
    }

    /// <summary>The meshes used so far.</summary>
    public XElement Assets { get; }

    /// <summary>The geoms of a link, in its order.</summary>
    public List<XElement> Convert(XElement link)
    {
        var made = new List<XElement>();
        string? color = null;
        foreach (XElement element in link.Elements())
        {
            bool visual = element.Name.LocalName == "visual";
            if (visual)
            {
                color = Color(element) ?? color;
            }

            if (element.Name.LocalName == "collision" || (visual && !_discardsVisual))
            {
                XElement geom = One(element, visual);
                geom.SetAttributeValue("rgba", color);
                made.Add(geom);
            }
        }

        return made;
    }

    private string? Color(XElement visual)
    {
        if (visual.Element("material") is not { } material)
        {
            return null;
        }

        return material.Element("color")?.Attribute("rgba")?.Value
            ?? _colors.GetValueOrDefault(material.Attribute("name")?.Value ?? "");
    }

    private XElement One(XElement element, bool visual)
    {
        XElement made = UrdfConversion.Made(element, "geom");
        UrdfPose.Place(element, made);
        if (element.Attribute("name")?.Value is { Length: > 0 } name && _names.Add(name))
        {
            made.SetAttributeValue("name", name);
        }

        if (visual)
        {
            made.SetAttributeValue("contype", 0);
            made.SetAttributeValue("conaffinity", 0);
            made.SetAttributeValue("group", 1);
            made.SetAttributeValue("density", 0);
        }

        XElement shape = element.Element("geometry")?.Elements().FirstOrDefault()
            ?? throw MjcfFault.At(element, "there is no geometry", "<geometry><box …/></geometry>");
        Shape(shape, made);
        return made;
    }

    private void Shape(XElement shape, XElement made)
    {
        var at = new MjcfAttributes(shape);
        string kind = shape.Name.LocalName;
        switch (kind)
        {
            case "box":
                Vector3 edges = at.Vector("size", default);
                made.SetAttributeValue(
                    "size", UrdfConversion.Text(edges.X / 2, edges.Y / 2, edges.Z / 2));
                break;
            case "cylinder" or "capsule":
                made.SetAttributeValue("size", UrdfConversion.Text(
                    at.Number("radius", 0), at.Number("length", 0) / 2));
                break;
            case "sphere":
                made.SetAttributeValue("size", UrdfConversion.Text(at.Number("radius", 0)));
                break;
            case "mesh":
                made.SetAttributeValue("mesh", Mesh(shape));
                break;
            default:
                throw MjcfFault.At(
                    shape, $"a {kind} is no shape", "box, cylinder, capsule, sphere, mesh");
        }

        made.SetAttributeValue("type", kind);
    }

    // A mesh is called after its file; one used at another scale gets a number.
    private string Mesh(XElement shape)
    {
        string file = _files.Resolve(shape, UrdfConversion.Required(shape, "filename"));
        Vector3 scale = new MjcfAttributes(shape).Vector("scale", new Vector3(1, 1, 1));
        string size = UrdfConversion.Text(scale.X, scale.Y, scale.Z);
        string name = Path.GetFileNameWithoutExtension(file);
        if (!_meshes.TryGetValue(name, out List<(string Scale, string Name)>? known))
        {
            _meshes[name] = known = [];
        }

        foreach ((string other, string called) in known)
        {
            if (other == size)
            {
                return called;
            }
        }

        string unique = known.Count == 0 ? name : $"{name}{known.Count}";
        known.Add((size, unique));
        Assets.Add(UrdfConversion.Made(
            shape, "mesh", ("name", unique), ("file", file), ("scale", size)));
        return unique;
    }
}
