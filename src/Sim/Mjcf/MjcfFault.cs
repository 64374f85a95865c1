using System.Xml;
using System.Xml.Linq;
using HilRig.Core.Errors;

namespace HilRig.Sim.Mjcf;

/// <summary>Makes errors and places that name file, line and element.</summary>
internal static class MjcfFault
{
    /// <summary>An error at an element.</summary>
    public static ModelException At(
        XElement element,
        string what,
        string? expected = null,
        string? found = null,
        string? remedy = null) =>
        new(what, $"{Where(element)} <{element.Name.LocalName}>", expected, found, remedy);

    /// <summary>An error at an attribute, which may come from a default class elsewhere.</summary>
    public static ModelException At(
        XAttribute attribute, string what, string? expected = null, string? remedy = null)
    {
        XElement element = ElementOf(attribute);
        string place = $"{attribute.Name.LocalName}=\"{attribute.Value}\"";
        return new ModelException(
            what, $"{Where(element)} <{element.Name.LocalName}>", expected, place, remedy);
    }

    /// <summary>
    /// The element of an attribute; one merged from two classes carries it as an annotation.
    /// </summary>
    public static XElement ElementOf(XAttribute attribute) =>
        attribute.Parent ?? attribute.Annotation<XElement>()!;

    /// <summary>Gives a made element the place of another.</summary>
    public static void Locate(XElement made, XElement from)
    {
        int line = from.Annotation<MjcfSource>()?.Line ?? 0;
        if (line == 0 && from is IXmlLineInfo info && info.HasLineInfo())
        {
            line = info.LineNumber;
        }

        string path = from.Annotation<MjcfSource>()?.Path ?? "(unknown file)";
        made.AddAnnotation(new MjcfSource(path, line));
    }

    /// <summary>File and line of an element.</summary>
    public static string Where(XElement element)
    {
        MjcfSource? source = element.Annotation<MjcfSource>();
        string file = source?.Path ?? "(unknown file)";
        if (source?.Line > 0)
        {
            return $"{file}:{source.Line}";
        }

        return element is IXmlLineInfo line && line.HasLineInfo()
            ? $"{file}:{line.LineNumber}"
            : file;
    }
}
