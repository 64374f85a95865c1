using System.Xml.Linq;

namespace HilRig.Sim.Mjcf;

/// <summary>A body while it is being compiled, with all that is on it and below it.</summary>
internal sealed class BodyDraft(XElement element, string name)
{
    /// <summary>The element it was read from.</summary>
    public XElement Element => element;

    public string Name => name;

    /// <summary>Pose in the parent's frame.</summary>
    public Pose Pose { get; set; } = Pose.Identity;

    public MassProperties Mass { get; set; }

    public double GravityCompensation { get; set; }

    /// <summary>Whether its pose could be set from outside, in MuJoCo.</summary>
    public bool IsMocap { get; set; }

    public List<JointDraft> Joints { get; } = [];

    public List<GeomDraft> Geoms { get; } = [];

    public List<SiteDraft> Sites { get; } = [];

    public List<BodyDraft> Children { get; } = [];
}
