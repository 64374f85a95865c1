using System.Reflection;
using System.Xml.Linq;

namespace HilRig.Tasks;

/// <summary>Scenes embedded in this assembly, whole: what a scene includes is put in its place.
/// </summary>
internal static class EmbeddedModel
{
    /// <summary>Reads a scene.</summary>
    /// <param name="file">Its file name; includes are found by theirs.</param>
    public static string Read(string file)
    {
        XElement root = Load(file);
        Expand(root);
        return root.ToString();
    }

    private static void Expand(XElement root)
    {
        foreach (XElement include in root.Descendants("include").ToList())
        {
            XElement included = Load(Path.GetFileName(include.Attribute("file")!.Value));
            Expand(included);
            include.ReplaceWith(included.Elements());
        }
    }

    private static XElement Load(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not embedded");
        return XElement.Load(stream);
    }
}
