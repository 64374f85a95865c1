using System.Xml.Linq;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// How large a file and a model may be. Beyond, a model is refused at once rather than exhausting
/// memory or time.
/// </summary>
internal static class ModelLimits
{
    /// <summary>Bytes of an XML file.</summary>
    public const long XmlBytesMax = 64 << 20;

    /// <summary>Elements of a model, includes and all.</summary>
    public const int ElementMax = 1_000_000;

    /// <summary>Elements within one another.</summary>
    public const int DepthMax = 256;

    /// <summary>Bodies.</summary>
    public const int BodyMax = 10_000;

    /// <summary>Degrees of freedom; the mass matrix is dense.</summary>
    public const int DofMax = 2_000;

    /// <summary>Bytes of a mesh or height-field file.</summary>
    public const long AssetBytesMax = 512 << 20;

    /// <summary>Triangles of a mesh.</summary>
    public const int TriangleMax = 5_000_000;

    /// <summary>Points of a height field.</summary>
    public const int HeightMax = 16_000_000;

    /// <summary>Keyframes and contacts that a size section announces.</summary>
    public const int SizeMax = 100_000;

    /// <summary>Refuses a count beyond its limit.</summary>
    /// <exception cref="Core.Errors.ModelException">The count is beyond the limit.</exception>
    public static void Require(XElement element, string what, long count, long limit)
    {
        if (count > limit)
        {
            throw MjcfFault.At(
                element, $"too many {what}", $"{limit} at most", $"{count}", "split the model");
        }
    }
}
