using System.Xml.Linq;
using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// Reads equality constraints. Where the file leaves a point or an orientation out, it is that of
/// the reference position (MuJoCo, engine_setconst.c).
/// </summary>
internal sealed class EqualityReader(
    DefaultClasses classes, ModelNames names, TreeFlattening tree)
{
    private readonly Pose[] _world = WorldPoses(tree.Bodies);

    /// <summary>Reads every equality section.</summary>
    public IReadOnlyList<ModelEquality> Read(XElement root) =>
        [.. root.Elements("equality").Elements().Select(ReadOne)];

    private ModelEquality ReadOne(XElement element)
    {
        MjcfAttributes at = classes.Resolve(element, null, "equality");
        ModelEquality equality = element.Name.LocalName switch
        {
            "connect" => at.Has("site1") || at.Has("site2") ? Sites(at) : Connect(at),
            "weld" => at.Has("site1") || at.Has("site2") ? Sites(at) : Weld(at),
            "joint" => Coupling(at, EqualityKind.Joint, "joint"),
            _ => Coupling(at, EqualityKind.Tendon, "tendon"),
        };
        if (equality.First == equality.Second)
        {
            throw MjcfFault.At(element, "an equality holds something to itself");
        }

        return equality;
    }

    private static ModelEquality Base(
        MjcfAttributes at, EqualityKind kind, int first, int second) => new()
        {
            Name = at.Name,
            Kind = kind,
            First = first,
            Second = second,
            Active = at.Flag("active", true),
            Softness = at.Softness("solref", "solimp"),
            TorqueScale = at.Number("torquescale", 1),
        };

    private ModelEquality Connect(MjcfAttributes at)
    {
        int first = names.Find(at, "body1", "body");
        int second = names.FindOr(at, "body2", "body", 0);
        if (!at.Has("anchor"))
        {
            throw MjcfFault.At(at.Element, "'anchor' is missing", "anchor=\"x y z\" in body1");
        }

        Vector3 anchor = at.Vector("anchor", default);
        Pose secondFromFirst = _world[second].Inverse() * _world[first];
        return Base(at, EqualityKind.Connect, first, second) with
        {
            FirstAnchor = anchor,
            SecondAnchor = secondFromFirst.Position
                + secondFromFirst.Orientation.Rotate(anchor),
        };
    }

    private ModelEquality Weld(MjcfAttributes at)
    {
        int first = names.Find(at, "body1", "body");
        int second = names.FindOr(at, "body2", "body", 0);
        Vector3 anchor = at.Vector("anchor", default);
        Pose firstFromSecond = _world[first].Inverse() * _world[second];
        ModelEquality weld = Base(at, EqualityKind.Weld, first, second) with
        {
            SecondAnchor = anchor,
            FirstAnchor = firstFromSecond.Position + firstFromSecond.Orientation.Rotate(anchor),
            RelativeOrientation = firstFromSecond.Orientation,
        };
        double[] pose = at.Numbers("relpose", 7, 7) ?? [0, 1, 0, 0, 0, 0, 0];
        return pose[3..] is [0, 0, 0, 0]
            ? weld
            : weld with
            {
                FirstAnchor = new Vector3(pose[0], pose[1], pose[2]),
                RelativeOrientation =
                    new UnitQuaternion(pose[3], pose[4], pose[5], pose[6]).Normalized(),
            };
    }

    // Two sites are held together as the points of their bodies that they are, and a weld's
    // orientation as that of the bodies when the sites' axes agree.
    private ModelEquality Sites(MjcfAttributes at)
    {
        foreach (string other in (string[])["body1", "body2", "anchor", "relpose"])
        {
            if (at.Has(other))
            {
                throw MjcfFault.At(
                    at.Find(other)!, $"sites and {other} are both given", "one of them");
            }
        }

        ModelSite first = tree.Sites[names.Find(at, "site1", "site")];
        ModelSite second = tree.Sites[names.Find(at, "site2", "site")];
        bool weld = at.Element.Name.LocalName == "weld";
        return Base(at, weld ? EqualityKind.Weld : EqualityKind.Connect, first.Body, second.Body)
            with
        {
            FirstAnchor = first.Position,
            SecondAnchor = second.Position,
            RelativeOrientation = weld
                ? first.Orientation * second.Orientation.Inverse()
                : UnitQuaternion.Identity,
        };
    }

    private ModelEquality Coupling(MjcfAttributes at, EqualityKind kind, string word)
    {
        int first = names.Find(at, word + "1", word);
        int second = names.FindOr(at, word + "2", word, -1);
        if (kind == EqualityKind.Joint
            && (!IsScalar(first) || (second >= 0 && !IsScalar(second))))
        {
            throw MjcfFault.At(at.Element, "an equality takes a ball or free joint", "hinge");
        }

        return Base(at, kind, first, second) with
        {
            Polynomial = at.Prefix("polycoef", 0, 1, 0, 0, 0),
        };
    }

    private bool IsScalar(int joint) => tree.Joints[joint].Type.IsScalar();

    private static Pose[] WorldPoses(List<ModelBody> bodies)
    {
        var poses = new Pose[bodies.Count];
        for (int i = 0; i < poses.Length; i++)
        {
            var own = new Pose(bodies[i].Position, bodies[i].Orientation);
            poses[i] = i == 0 ? Pose.Identity : poses[bodies[i].Parent] * own;
        }

        return poses;
    }
}
