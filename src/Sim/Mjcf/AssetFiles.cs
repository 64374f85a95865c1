using System.Xml.Linq;

namespace HilRig.Sim.Mjcf;

/// <summary>Where the files of assets are.</summary>
/// <param name="folder">Folder of the model file.</param>
/// <param name="compiler">Says meshdir and strippath.</param>
internal sealed class AssetFiles(string folder, CompilerSettings compiler)
{
    /// <summary>Absolute path of the file an asset names.</summary>
    public string Resolve(string file)
    {
        string name = file.Replace('\\', '/');
        if (compiler.StripPath)
        {
            name = name[(name.LastIndexOf('/') + 1)..];
        }

        return Path.GetFullPath(Path.Combine(folder, compiler.MeshFolder, name));
    }

    /// <summary>Bytes of an asset's file.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="path">Absolute path.</param>
    /// <param name="bytesMax">Largest size that is read.</param>
    /// <param name="remedy">What to do when it is missing.</param>
    public static byte[] Read(XElement asset, string path, long bytesMax, string remedy)
    {
        string kind = asset.Name.LocalName;
        if (!File.Exists(path))
        {
            throw MjcfFault.At(
                asset, $"the {kind} file does not exist", path, "no such file", remedy);
        }

        try
        {
            long length = new FileInfo(path).Length;
            return length <= bytesMax
                ? File.ReadAllBytes(path)
                : throw MjcfFault.At(
                    asset, $"the {kind} file is too large: {path}", $"{bytesMax} bytes at most",
                    $"{length} bytes");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw MjcfFault.At(
                asset, $"the {kind} file cannot be read: {fault.Message.TrimEnd('.')}", path);
        }
    }
}
