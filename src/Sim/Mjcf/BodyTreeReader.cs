using System.Xml.Linq;
using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>Reads the body tree, depth first as MuJoCo numbers it.</summary>
internal sealed class BodyTreeReader(
    DefaultClasses classes, CompilerSettings compiler, GeomReader geoms, NoticeList notices)
{
    private readonly InertialReader _inertials = new(compiler);
    private readonly JointReader _joints = new(compiler);
    private readonly List<XElement> _elements = [];

    /// <summary>Bodies in order; the first is the world.</summary>
    public List<ModelBody> Bodies { get; } = [];

    /// <summary>Joints in order.</summary>
    public List<ModelJoint> Joints { get; } = [];

    /// <summary>Reads every worldbody section.</summary>
    public void Read(XElement root)
    {
        var world = new BodyParts();
        foreach (XElement section in root.Elements("worldbody"))
        {
            Collect(section, Pose.Identity, null, world);
        }

        if (world.Joints.Count > 0)
        {
            throw MjcfFault.At(world.Joints[0].Element, "the world cannot have joints");
        }

        Bodies.Add(new ModelBody
        {
            Name = "world",
            Parent = -1,
            Position = default,
            Orientation = UnitQuaternion.Identity,
            Mass = 0,
            CenterOfMass = default,
            Inertia = default,
            FirstJoint = 0,
            JointCount = 0,
        });
        _elements.Add(root);
        foreach (BodyParts.Placed geom in world.Geoms)
        {
            _ = geoms.Read(Attributes(geom), geom.Frame, false, false, 0);
        }

        foreach (BodyParts.Placed body in world.Bodies)
        {
            ReadBody(body, 0, -1);
        }

        RequireMass();
    }

    private void ReadBody(BodyParts.Placed placed, int parent, int jointAbove)
    {
        var at = new MjcfAttributes(placed.Element);
        string? childClass = ChildClass(placed.Element, placed.ChildClass);
        Pose pose = placed.Frame * Pose.Read(at, compiler);
        var parts = new BodyParts();
        Collect(placed.Element, Pose.Identity, childClass, parts);
        RequireNewName(placed.Element, at.Name, Bodies.Select(body => body.Name));

        int index = Bodies.Count;
        int first = Joints.Count;
        foreach (BodyParts.Placed joint in parts.Joints)
        {
            MjcfAttributes jointAt = Attributes(joint);
            RequireNewName(joint.Element, jointAt.Name, Joints.Select(other => other.Name));
            Joints.Add(_joints.Read(jointAt, joint.Frame, Joints.Count, index, jointAbove));
            jointAbove = Joints.Count - 1;
        }

        MassProperties mass = ReadMass(parts, jointAbove >= 0, placed.Element);
        Bodies.Add(new ModelBody
        {
            Name = at.Name,
            Parent = parent,
            Position = pose.Position,
            Orientation = pose.Orientation,
            Mass = mass.Mass,
            CenterOfMass = mass.Center,
            Inertia = mass.Inertia,
            FirstJoint = first,
            JointCount = Joints.Count - first,
        });
        _elements.Add(placed.Element);
        foreach (BodyParts.Placed child in parts.Bodies)
        {
            ReadBody(child, index, jointAbove);
        }
    }

    private MassProperties ReadMass(BodyParts parts, bool moves, XElement body)
    {
        if (parts.Inertials.Count > 1)
        {
            throw MjcfFault.At(parts.Inertials[1].Element, "a body can have one inertial only");
        }

        bool given = parts.Inertials.Count == 1;
        bool needsMass = compiler.InertiaFromGeom == "true"
            || (!given && compiler.InertiaFromGeom == "auto");
        var solids = new List<MassProperties>();
        foreach (BodyParts.Placed geom in parts.Geoms)
        {
            MjcfAttributes at = Attributes(geom);
            if (geoms.Read(at, geom.Frame, moves, needsMass, Bodies.Count) is { } solid)
            {
                solids.Add(solid);
            }
        }

        MassProperties mass = default;
        if (given)
        {
            BodyParts.Placed inertial = parts.Inertials[0];
            mass = _inertials.Read(new MjcfAttributes(inertial.Element), inertial.Frame);
        }

        if (needsMass && solids.Count > 0)
        {
            mass = solids.Count == 1 ? solids[0] : MassProperties.Join(solids);
        }

        return _inertials.Bound(mass, body);
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
                case "joint":
                    parts.Joints.Add(placed);
                    break;
                case "geom":
                    parts.Geoms.Add(placed);
                    break;
                case "body":
                    parts.Bodies.Add(placed);
                    break;
                case "site":
                    _ = Pose.Read(Attributes(placed), compiler);
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

    private static void RequireNewName(XElement element, string name, IEnumerable<string> others)
    {
        if (name.Length > 0 && others.Contains(name))
        {
            throw MjcfFault.At(
                element, $"the name '{name}' is used twice", "a different name for each");
        }
    }

    // A body that moves must have mass and inertia, or be welded to one below it that has.
    private void RequireMass()
    {
        for (int index = 1; index < Bodies.Count; index++)
        {
            if (Bodies[index].JointCount > 0 && !HasMass(index))
            {
                throw MjcfFault.At(
                    _elements[index],
                    $"body '{Bodies[index].Name}' moves but has no mass or no inertia",
                    "mass and inertia above 0",
                    $"mass {Bodies[index].Mass} kg",
                    "add an <inertial>, or geoms with mass");
            }
        }
    }

    private bool HasMass(int index)
    {
        const double smallest = 1e-15;
        (_, Vector3 principal) = Bodies[index].Inertia.Decompose();
        if (Bodies[index].Mass >= smallest
            && Math.Min(principal.X, Math.Min(principal.Y, principal.Z)) >= smallest)
        {
            return true;
        }

        for (int child = index + 1; child < Bodies.Count; child++)
        {
            if (Bodies[child].Parent == index && Bodies[child].JointCount == 0 && HasMass(child))
            {
                return true;
            }
        }

        return false;
    }
}
