using System.Xml.Linq;
using HilRig.Sim.Meshes;
using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>Height fields, read and brought to elevations of 0 to 1.</summary>
internal sealed class HeightFieldAssets
{
    private const double Tiny = 1e-14;
    private readonly List<ModelHeightField> _fields = [];
    private readonly Dictionary<string, int> _indices = [];

    /// <summary>Reads the height fields of every asset section.</summary>
    public HeightFieldAssets(XElement root, AssetFiles files)
    {
        foreach (XElement element in root.Elements("asset").Elements("hfield"))
        {
            var at = new MjcfAttributes(element);
            string? file = at.Text("file");
            string name = element.Attribute("name")?.Value
                ?? Path.GetFileNameWithoutExtension(file?.Replace('\\', '/'))
                ?? throw MjcfFault.At(element, "a height field has neither name nor file");
            if (!_indices.TryAdd(name, _fields.Count))
            {
                throw MjcfFault.At(element, $"hfield '{name}' is defined twice");
            }

            _fields.Add(Read(at, name, files));
        }
    }

    /// <summary>Height fields in the order of the file.</summary>
    public IReadOnlyList<ModelHeightField> Compiled => _fields;

    /// <summary>The geom with its height field and the sizes that come from it.</summary>
    public ModelGeom Place(MjcfAttributes at, ModelGeom geom)
    {
        string name = at.Text("hfield")!;
        if (!_indices.TryGetValue(name, out int index))
        {
            throw MjcfFault.At(
                at.Element, $"hfield '{name}' is not defined", "an <hfield> in <asset>");
        }

        ModelHeightField field = _fields[index];
        double high = Math.Max(field.ElevationZ, field.BaseZ);
        return geom with
        {
            HeightField = index,
            Size = new Vector3(
                field.RadiusX, field.RadiusY, (0.25 * field.ElevationZ) + (0.5 * field.BaseZ)),
            BoundingRadius = new Vector3(field.RadiusX, field.RadiusY, high).Length,
        };
    }

    private static ModelHeightField Read(MjcfAttributes at, string name, AssetFiles files)
    {
        double[] size = at.Numbers("size", 4, 4)
            ?? throw MjcfFault.At(at.Element, "'size' is missing", "radius_x radius_y top base");
        if (size.Any(s => s <= 0))
        {
            throw MjcfFault.At(at.Find("size")!, "a size is not positive", "four above 0");
        }

        HeightGrid grid = at.Has("file") ? ReadFile(at, files) : ReadInline(at);
        return new ModelHeightField
        {
            Name = name,
            RowCount = grid.RowCount,
            ColumnCount = grid.ColumnCount,
            RadiusX = size[0],
            RadiusY = size[1],
            ElevationZ = size[2],
            BaseZ = size[3],
            Elevations = Normalize(grid.Heights),
        };
    }

    private static HeightGrid ReadFile(MjcfAttributes at, AssetFiles files)
    {
        if (at.Has("nrow") || at.Has("ncol") || at.Has("elevation"))
        {
            throw MjcfFault.At(
                at.Element, "a height field has a file and numbers of its own", "one of them");
        }

        string path = files.Resolve(at.Text("file")!);
        byte[] bytes = AssetFiles.Read(
            at.Element, path, ModelLimits.AssetBytesMax, "get the file, or give elevation=\"…\"");
        bool png = at.Text("content_type") == "image/png"
            || Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase);
        try
        {
            return png
                ? PngFile.Read(bytes, ModelLimits.HeightMax)
                : HeightGrid.ReadBinary(bytes, ModelLimits.HeightMax);
        }
        catch (FormatException fault)
        {
            throw MjcfFault.At(
                at.Element, $"the height-field file cannot be used: {fault.Message}", found: path);
        }
    }

    // The file's rows go from top to bottom, that is from large y to small.
    private static HeightGrid ReadInline(MjcfAttributes at)
    {
        int rows = at.Integer("nrow", 0);
        int columns = at.Integer("ncol", 0);
        if (rows < 1 || columns < 1)
        {
            throw MjcfFault.At(
                at.Element, "the height field has neither file nor size", "nrow and ncol above 0");
        }

        ModelLimits.Require(at.Element, "heights", (long)rows * columns, ModelLimits.HeightMax);
        int count = rows * columns;
        double[] given = at.Numbers("elevation", count, count) ?? new double[count];
        float[] heights = new float[count];
        for (int i = 0; i < count; i++)
        {
            heights[((rows - 1 - (i / columns)) * columns) + (i % columns)] = (float)given[i];
        }

        return new HeightGrid(rows, columns, heights);
    }

    // In float32, as MuJoCo keeps them.
    private static IReadOnlyList<double> Normalize(float[] heights)
    {
        float low = heights.Min();
        float high = heights.Max();
        float span = high - low;
        return [.. heights.Select(height => (double)(span > Tiny
            ? (height - low) / span
            : height - low))];
    }
}
