using System.Text.Json;
using HilRig.Sim.Models;

namespace HilRig.Sim.Tables;

/// <summary>The part of <see cref="ModelDump"/> that is shapes and what may touch.</summary>
internal static class GeometryDump
{
    /// <summary>Writes geoms, sites, meshes, height fields, pairs and excludes.</summary>
    public static void Write(Utf8JsonWriter json, Model model)
    {
        json.Array("geoms", model.Geoms, geom => WriteGeom(json, geom));
        json.Array("sites", model.Sites, site => WriteSite(json, site));
        json.Array("meshes", model.Meshes, mesh => WriteMesh(json, mesh));
        json.Array("heightFields", model.HeightFields, field => WriteField(json, field));
        json.Array("contactPairs", model.ContactPairs, pair => WritePair(json, pair));
        json.Array("contactExcludes", model.ContactExcludes, exclude =>
        {
            json.WriteNumber("first", exclude.First);
            json.WriteNumber("second", exclude.Second);
        });
    }

    private static void WriteGeom(Utf8JsonWriter json, ModelGeom geom)
    {
        json.WriteString("name", geom.Name);
        json.WriteString("type", geom.Kind.ToString().ToLowerInvariant());
        json.WriteNumber("body", geom.Body);
        json.WriteNumber("mesh", geom.Mesh);
        json.WriteNumber("heightField", geom.HeightField);
        json.Vector("size", geom.Size);
        json.Vector("pos", geom.Position);
        json.Quaternion("quat", geom.Orientation);
        json.Number("boundingRadius", geom.BoundingRadius);
        json.WriteNumber("group", geom.Group);
        json.WriteNumber("contype", geom.ContactType);
        json.WriteNumber("conaffinity", geom.ContactAffinity);
        json.WriteNumber("condim", geom.ContactDimension);
        json.WriteNumber("priority", geom.Priority);
        json.Vector("friction", geom.Friction);
        json.Number("solmix", geom.SoftnessWeight);
        json.Softness("", geom.Softness);
        json.Number("margin", geom.Margin);
        json.Number("gap", geom.Gap);
        json.Numbers("rgba", [geom.Color.X, geom.Color.Y, geom.Color.Z, geom.Alpha]);
    }

    private static void WriteSite(Utf8JsonWriter json, ModelSite site)
    {
        json.WriteString("name", site.Name);
        json.WriteString("type", site.Kind.ToString().ToLowerInvariant());
        json.WriteNumber("body", site.Body);
        json.Vector("size", site.Size);
        json.Vector("pos", site.Position);
        json.Quaternion("quat", site.Orientation);
    }

    private static void WriteMesh(Utf8JsonWriter json, ModelMesh mesh)
    {
        json.WriteString("name", mesh.Name);
        json.WriteNumber("vertices", mesh.Vertices.Count);
        json.WriteNumber("triangles", mesh.Triangles.Count / 3);
        json.WriteNumber("hullVertices", mesh.HullVertices.Count);
        json.Vector("pos", mesh.Position);
        json.Quaternion("quat", mesh.Orientation);
    }

    private static void WriteField(Utf8JsonWriter json, ModelHeightField field)
    {
        json.WriteString("name", field.Name);
        json.WriteNumber("rows", field.RowCount);
        json.WriteNumber("columns", field.ColumnCount);
        json.Numbers(
            "size", [field.RadiusX, field.RadiusY, field.ElevationZ, field.BaseZ]);
        json.Numbers("elevations", field.Elevations);
    }

    private static void WritePair(Utf8JsonWriter json, ModelContactPair pair)
    {
        json.WriteString("name", pair.Name);
        json.WriteNumber("first", pair.FirstGeom);
        json.WriteNumber("second", pair.SecondGeom);
        json.WriteNumber("condim", pair.ContactDimension);
        json.Numbers("friction", pair.Friction);
        json.Softness("", pair.Softness);
        json.Numbers(
            "solreffriction",
            [pair.FrictionReference.Reference0, pair.FrictionReference.Reference1]);
        json.Number("margin", pair.Margin);
        json.Number("gap", pair.Gap);
    }
}
