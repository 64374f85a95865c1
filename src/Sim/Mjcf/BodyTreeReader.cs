using System.Xml.Linq;
using HilRig.Core.Errors;

namespace HilRig.Sim.Mjcf;

/// <summary>Reads the body tree into drafts, depth first as MuJoCo numbers bodies.</summary>
internal sealed class BodyTreeReader(
    DefaultClasses classes, CompilerSettings compiler, GeomReader geoms, NoticeList notices)
{
    private readonly InertialReader _inertials = new(compiler);
    private readonly JointReader _joints = new(compiler);
    private readonly SiteReader _sites = new(compiler);
    private readonly Dictionary<string, HashSet<string>> _names = [];
    private int _bodyCount;

    /// <summary>Reads every worldbody section.</summary>
    /// <returns>The world.</returns>
    public BodyDraft Read(XElement root)
    {
        var parts = new BodyParts();
        foreach (XElement section in root.Elements("worldbody"))
        {
            Collect(section, Pose.Identity, null, parts);
        }

        if (parts.Joints.Count > 0)
        {
            throw MjcfFault.At(parts.Joints[0].Element, "the world cannot have joints");
        }

        if (parts.Inertials.Count > 0)
        {
            throw MjcfFault.At(parts.Inertials[0].Element, "the world cannot have an inertial");
        }

        var world = new BodyDraft(root, "world");
        RequireNewName(root, "body", "world");
        ReadGeoms(parts, world, moves: false, needsMass: false);
        ReadSites(parts, world);
        foreach (BodyParts.Placed body in parts.Bodies)
        {
            world.Children.Add(ReadBody(body, moves: false, depth: 1));
        }

        return world;
    }

    private BodyDraft ReadBody(BodyParts.Placed placed, bool moves, int depth)
    {
        XElement element = placed.Element;
        var at = new MjcfAttributes(element);
        ModelLimits.Require(element, "bodies", ++_bodyCount, ModelLimits.BodyMax);
        string? childClass = ChildClass(element, placed.ChildClass);
        var body = new BodyDraft(element, at.Name)
        {
            Pose = placed.Frame * Pose.Read(at, compiler),
            GravityCompensation = at.Number("gravcomp", 0),
        };
        var parts = new BodyParts();
        Collect(element, Pose.Identity, childClass, parts);
        RequireNewName(element, "body", at.Name);
        ReadJoints(parts, body, depth);
        NoteMocap(at, body, depth);
        moves |= body.Joints.Count > 0;
        ReadMass(parts, body, moves);
        ReadSites(parts, body);
        foreach (BodyParts.Placed child in parts.Bodies)
        {
            body.Children.Add(ReadBody(child, moves, depth + 1));
        }

        return body;
    }

    private void ReadJoints(BodyParts parts, BodyDraft body, int depth)
    {
        foreach (BodyParts.Placed placed in parts.Joints)
        {
            // A freejoint takes nothing from classes.
            MjcfAttributes at = placed.Element.Name.LocalName == "freejoint"
                ? new MjcfAttributes(placed.Element)
                : Attributes(placed);
            RequireNewName(placed.Element, "joint", at.Name);
            body.Joints.Add(_joints.Read(at, placed.Frame));
        }

        JointRules.Check(body, depth);
    }

    // Nothing moves it here, so it stays where it is, as in MuJoCo while nobody sets its pose.
    private void NoteMocap(MjcfAttributes at, BodyDraft body, int depth)
    {
        if (!at.Flag("mocap", false))
        {
            return;
        }

        if (body.Joints.Count > 0 || depth > 1)
        {
            throw MjcfFault.At(
                at.Find("mocap")!,
                "a mocap body has a joint, or is on another body",
                "a body directly in <worldbody>, without joints");
        }

        body.IsMocap = true;
        notices.Add(at.Element, "mocap body stays where the file puts it: nothing moves it");
    }

    private void ReadMass(BodyParts parts, BodyDraft body, bool moves)
    {
        if (parts.Inertials.Count > 1)
        {
            throw MjcfFault.At(parts.Inertials[1].Element, "a body can have one inertial only");
        }

        bool given = parts.Inertials.Count == 1;
        bool needsMass = compiler.InertiaFromGeom == "true"
            || (!given && compiler.InertiaFromGeom == "auto");
        ReadGeoms(parts, body, moves, needsMass);
        // MuJoCo takes the body's pose for an inertial frame that nothing gives.
        MassProperties mass = default(MassProperties) with
        {
            Center = body.Pose.Position,
            Axes = body.Pose.Orientation,
        };
        if (given)
        {
            BodyParts.Placed inertial = parts.Inertials[0];
            mass = _inertials.Read(new MjcfAttributes(inertial.Element), inertial.Frame);
        }

        MassProperties[] solids =
            [.. body.Geoms.Where(geom => geom.Mass is not null).Select(geom => geom.Mass!.Value)];
        if (needsMass && solids.Length > 0)
        {
            mass = solids.Length == 1
                ? solids[0]
                : MassProperties.Join(solids).AlongPrincipalAxes();
        }

        body.Mass = _inertials.Bound(mass, body.Element);
    }

    private void ReadGeoms(BodyParts parts, BodyDraft body, bool moves, bool needsMass)
    {
        foreach (BodyParts.Placed placed in parts.Geoms)
        {
            MjcfAttributes at = Attributes(placed);
            RequireNewName(placed.Element, "geom", at.Name);
            if (geoms.Read(at, placed.Frame, moves, needsMass) is { } geom)
            {
                body.Geoms.Add(geom);
            }
        }
    }

    private void ReadSites(BodyParts parts, BodyDraft body)
    {
        foreach (BodyParts.Placed placed in parts.Sites)
        {
            MjcfAttributes at = Attributes(placed);
            RequireNewName(placed.Element, "site", at.Name);
            body.Sites.Add(_sites.Read(at, placed.Frame));
        }
    }

    private void Collect(XElement parent, Pose frame, string? childClass, BodyParts parts)
    {
        foreach (XElement element in parent.Elements())
        {
            var placed = new BodyParts.Placed(element, frame, childClass);
            switch (element.Name.LocalName)
            {
                case "inertial":
                    parts.Inertials.Add(placed);
                    break;
                case "joint" or "freejoint":
                    parts.Joints.Add(placed);
                    break;
                case "geom":
                    parts.Geoms.Add(placed);
                    break;
                case "body":
                    parts.Bodies.Add(placed);
                    break;
                case "site":
                    parts.Sites.Add(placed);
                    break;
                case "frame":
                    Pose inner = frame * Pose.Read(new MjcfAttributes(element), compiler);
                    Collect(element, inner, ChildClass(element, childClass), parts);
                    break;
                default:
                    notices.Add(element, $"<{element.Name.LocalName}> ignored: it is only drawn");
                    break;
            }
        }
    }

    private MjcfAttributes Attributes(BodyParts.Placed placed) =>
        classes.Resolve(placed.Element, placed.ChildClass);

    private string? ChildClass(XElement element, string? inherited)
    {
        if (element.Attribute("childclass")?.Value is not { } name)
        {
            return inherited;
        }

        classes.RequireClass(element, name);
        return name;
    }

    /// <exception cref="ModelException">The name is taken.</exception>
    private void RequireNewName(XElement element, string kind, string name)
    {
        if (!_names.TryGetValue(kind, out HashSet<string>? taken))
        {
            _names[kind] = taken = [];
        }

        if (name.Length > 0 && !taken.Add(name))
        {
            throw MjcfFault.At(
                element, $"the name '{name}' is used twice", "a different name for each");
        }
    }
}
