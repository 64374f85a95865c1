using System.Xml.Linq;

namespace HilRig.Sim.Mjcf;

/// <summary>What of the size sections matters: the rest is room that MuJoCo sets aside.</summary>
internal static class ModelSize
{
    /// <summary>The last value that a size section gives; the fallback where none does.</summary>
    /// <exception cref="Core.Errors.ModelException">It is no number, or too large.</exception>
    public static int Read(XElement root, string name, int fallback)
    {
        int size = fallback;
        foreach (XElement section in root.Elements("size"))
        {
            size = new MjcfAttributes(section).Integer(name, size);
            ModelLimits.Require(section, name, size, ModelLimits.SizeMax);
        }

        return size;
    }
}
