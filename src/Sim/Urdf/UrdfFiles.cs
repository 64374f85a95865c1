using System.Xml.Linq;
using HilRig.Sim.Mjcf;

namespace HilRig.Sim.Urdf;

/// <summary>Where the files are that a URDF names.</summary>
/// <param name="folder">Folder of the URDF.</param>
/// <param name="stripsPath">Whether only their names count.</param>
internal sealed class UrdfFiles(string folder, bool stripsPath)
{
    private const string Package = "package://";
    private const string File = "file://";

    /// <summary>
    /// A path for MJCF. package://NAME/REST is looked for in each folder from the URDF's up: as
    /// REST where the folder is called NAME, as NAME/REST, and as REST. One that is nowhere is
    /// missed when it is read.
    /// </summary>
    public string Resolve(XElement element, string name)
    {
        if (stripsPath)
        {
            return name[(name.LastIndexOf('/') + 1)..];
        }

        if (name.StartsWith(File, StringComparison.Ordinal))
        {
            return name[File.Length..];
        }

        if (!name.StartsWith(Package, StringComparison.Ordinal))
        {
            return name;
        }

        string[] parts = name[Package.Length..].Split('/', 2);
        if (parts.Length < 2)
        {
            throw MjcfFault.At(element, "the package path names no file", "package://name/path");
        }

        return Candidates(parts[0], parts[1]).FirstOrDefault(System.IO.File.Exists)
            ?? Path.Combine(folder, parts[0], parts[1]);
    }

    private IEnumerable<string> Candidates(string package, string rest)
    {
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.GetFileName(at) == package)
            {
                yield return Path.Combine(at, rest);
            }

            yield return Path.Combine(at, package, rest);
            yield return Path.Combine(at, rest);
        }
    }
}
