using System.Xml.Linq;

namespace HilRig.Sim.Mjcf;

/// <summary>The elements of one body, taken out of its frame elements.</summary>
internal sealed class BodyParts
{
    public List<Placed> Inertials { get; } = [];

    public List<Placed> Joints { get; } = [];

    public List<Placed> Geoms { get; } = [];

    public List<Placed> Sites { get; } = [];

    public List<Placed> Bodies { get; } = [];

    /// <summary>An element, the pose of the frames around it, and the class it inherits.</summary>
    internal readonly record struct Placed(XElement Element, Pose Frame, string? ChildClass);
}
