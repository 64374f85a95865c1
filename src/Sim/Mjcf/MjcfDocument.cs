using System.Xml;
using System.Xml.Linq;
using HilRig.Core.Errors;
using HilRig.Sim.Urdf;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// Reads an MJCF or URDF file and puts included files in place. Every element remembers its file
/// and line.
/// As in MuJoCo, an include is looked for beside the main file first, then beside the including
/// file, and no file is included twice.
/// </summary>
internal sealed class MjcfDocument
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
    };

    private readonly string _mainFolder;
    private readonly HashSet<string> _seen = [];
    private int _elementCount;

    private MjcfDocument(string mainFolder) => _mainFolder = mainFolder;

    /// <summary>Reads a file with everything it includes.</summary>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="ModelException">Missing, not XML, or includes that do not work.</exception>
    public static XElement Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new ModelException(
                "the model file does not exist", path, remedy: "check the path");
        }

        var document = new MjcfDocument(Path.GetDirectoryName(path)!);
        return document.Convert(document.ReadFile(path, []));
    }

    /// <summary>Reads a document that the program carries; it includes nothing.</summary>
    /// <param name="text">The XML.</param>
    /// <param name="path">Absolute path to name in messages.</param>
    /// <exception cref="ModelException">Not XML, or it includes a file.</exception>
    public static XElement ReadText(string text, string path)
    {
        var document = new MjcfDocument(Path.GetDirectoryName(path)!);
        XElement root = ReadWellFormed(path, () =>
        {
            using var reader = XmlReader.Create(new StringReader(text), Settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
        });
        Annotate(root, path);
        return root.Descendants("include").FirstOrDefault() is { } include
            ? throw MjcfFault.At(include, "a model without a file cannot include one", "one file")
            : document.Convert(root);
    }

    private XElement Convert(XElement root) =>
        root.Name.LocalName switch
        {
            "mujoco" => root,
            "robot" => UrdfConversion.Convert(root, _mainFolder),
            _ => throw MjcfFault.At(
                root,
                "this is neither an MJCF nor a URDF file",
                "<mujoco> or <robot> as the outermost element"),
        };

    private XElement ReadFile(string path, string[] including)
    {
        _seen.Add(path);
        CheckSize(path);
        XElement root = Parse(path);
        Annotate(root, path);
        string[] chain = [.. including, path];
        foreach (XElement include in root.Descendants("include").ToList())
        {
            string included = Find(include, chain);
            foreach (XElement child in ReadFile(included, chain).Elements().ToList())
            {
                // Removed first: adding an element that has a parent would copy it without its
                // line.
                child.Remove();
                include.AddBeforeSelf(child);
            }

            include.Remove();
        }

        return root;
    }

    private static void Annotate(XElement root, string path)
    {
        var source = new MjcfSource(path);
        foreach (XElement element in root.DescendantsAndSelf())
        {
            element.AddAnnotation(source);
        }
    }

    // A first pass that builds nothing, so that a hostile file exhausts neither memory nor stack.
    private void CheckSize(string path)
    {
        _ = Read(path, reader =>
        {
            while (reader.Read())
            {
                _elementCount += reader.NodeType == XmlNodeType.Element ? 1 : 0;
                if (reader.Depth > ModelLimits.DepthMax || _elementCount > ModelLimits.ElementMax)
                {
                    int line = ((IXmlLineInfo)reader).LineNumber;
                    throw new ModelException(
                        "the file has too many elements, or too many within one another",
                        $"{path}:{line}",
                        $"{ModelLimits.ElementMax} elements, {ModelLimits.DepthMax} deep");
                }
            }

            return 0;
        });
    }

    private static XElement Parse(string path) =>
        Read(path, reader => XDocument.Load(reader, LoadOptions.SetLineInfo).Root!);

    private static TResult Read<TResult>(string path, Func<XmlReader, TResult> read) =>
        ReadWellFormed(path, () =>
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > ModelLimits.XmlBytesMax)
            {
                throw new ModelException(
                    "the file is too large",
                    path,
                    $"{ModelLimits.XmlBytesMax} bytes at most",
                    $"{stream.Length} bytes");
            }

            using var reader = XmlReader.Create(stream, Settings);
            return read(reader);
        });

    private static TResult ReadWellFormed<TResult>(string path, Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (XmlException fault)
        {
            throw new ModelException(
                "the file is not well-formed XML: " + fault.Message.TrimEnd('.'),
                $"{path}:{fault.LineNumber}",
                inner: fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(
                "the file cannot be read: " + fault.Message.TrimEnd('.'), path, inner: fault);
        }
    }

    private string Find(XElement include, string[] chain)
    {
        if (include.Attribute("file") is not { } file)
        {
            throw MjcfFault.At(include, "an include names no file", "file=\"…\"");
        }

        string beside = Path.GetDirectoryName(chain[^1])!;
        string path = Path.GetFullPath(Path.Combine(_mainFolder, file.Value));
        if (!File.Exists(path))
        {
            path = Path.GetFullPath(Path.Combine(beside, file.Value));
        }

        if (!File.Exists(path))
        {
            throw MjcfFault.At(file, "the included file does not exist", path);
        }

        if (chain.Contains(path))
        {
            string cycle = string.Join(" → ", chain.Append(path).Select(Path.GetFileName));
            throw MjcfFault.At(
                file, "files include each other in a circle: " + cycle, remedy: "break the circle");
        }

        return _seen.Contains(path)
            ? throw MjcfFault.At(
                file, "the file is already included", remedy: "include each file once")
            : path;
    }
}
