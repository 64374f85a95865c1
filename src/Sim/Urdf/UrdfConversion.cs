using System.Globalization;
using System.Xml.Linq;
using HilRig.Core.Errors;
using HilRig.Sim.Mjcf;

namespace HilRig.Sim.Urdf;

/// <summary>
/// Turns a URDF document (ROS, urdf/XML) into MJCF, with MuJoCo's conventions: bodies without
/// joints are fused and visual geoms discarded unless a mujoco/compiler element says otherwise, and
/// effort limits bound the actuators of a joint. Beyond MuJoCo, a mimic is an equality of two
/// joints. Each element made keeps the place of the one it was made from.
/// </summary>
internal sealed class UrdfConversion
{
    private readonly XElement _robot;
    private readonly UrdfFiles _files;
    private readonly Dictionary<string, XElement> _links = [];
    private readonly Dictionary<string, List<XElement>> _jointsBelow = [];
    private readonly Dictionary<string, XElement> _jointAbove = [];
    private readonly UrdfGeoms _geoms;

    private UrdfConversion(XElement robot, XElement compiler, string folder)
    {
        _robot = robot;
        bool strips = compiler.Attribute("strippath")?.Value == "true";
        _files = new UrdfFiles(folder, strips);
        _geoms = new UrdfGeoms(
            robot, _files, compiler.Attribute("discardvisual")?.Value == "true");
    }

    /// <summary>Converts a document.</summary>
    /// <param name="robot">Its root, whose elements carry their source.</param>
    /// <param name="folder">Folder of the file.</param>
    /// <exception cref="ModelException">Links and joints that are no tree.</exception>
    public static XElement Convert(XElement robot, string folder)
    {
        XElement compiler = Made(robot, "compiler",
            ("fusestatic", "true"), ("discardvisual", "true"));
        foreach (XAttribute given in robot.Elements("mujoco").Elements("compiler").Attributes())
        {
            compiler.SetAttributeValue(given.Name, given.Value);
        }

        compiler.SetAttributeValue("angle", "radian");
        return new UrdfConversion(robot, compiler, folder).Convert(compiler);
    }

    /// <summary>An element in the place of another.</summary>
    internal static XElement Made(
        XElement from, string name, params (string Name, string Value)[] attributes)
    {
        var made = new XElement(
            name, attributes.Select(given => new XAttribute(given.Name, given.Value)));
        MjcfFault.Locate(made, from);
        return made;
    }

    /// <summary>Numbers as an attribute.</summary>
    internal static string Text(params double[] numbers) => string.Join(
        ' ', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

    private XElement Convert(XElement compiler)
    {
        Index();
        XElement root = Made(
            _robot, "mujoco", ("model", _robot.Attribute("name")?.Value ?? "robot"));
        root.Add(compiler);
        foreach (XElement section in _robot.Elements("mujoco").Elements())
        {
            if (section.Name.LocalName is not ("compiler" or "option" or "size"))
            {
                throw MjcfFault.At(
                    section, "this element is not read in URDF", "compiler, option, size");
            }
        }

        foreach (XElement option in _robot.Elements("mujoco").Elements("option").ToList())
        {
            option.Remove();
            root.Add(option);
        }

        XElement world = Made(_robot, "worldbody");
        AddTrees(world);
        root.Add(_geoms.Assets, world, Equalities());
        return root;
    }

    private void Index()
    {
        foreach (XElement link in _robot.Elements("link"))
        {
            if (!_links.TryAdd(Required(link, "name"), link))
            {
                throw MjcfFault.At(link, "the name of the link is used twice");
            }
        }

        foreach (XElement joint in _robot.Elements("joint"))
        {
            string parent = Link(joint, "parent");
            string child = Link(joint, "child");
            if (!_jointAbove.TryAdd(child, joint))
            {
                throw MjcfFault.At(
                    joint, $"link '{child}' is the child of two joints", "a tree of links");
            }

            if (!_jointsBelow.TryGetValue(parent, out List<XElement>? below))
            {
                _jointsBelow[parent] = below = [];
            }

            below.Add(joint);
        }
    }

    private string Link(XElement joint, string role)
    {
        XElement element = joint.Element(role)
            ?? throw MjcfFault.At(joint, $"the joint has no <{role}>", $"<{role} link=\"…\"/>");
        string name = Required(element, "link");
        return _links.ContainsKey(name)
            ? name
            : throw MjcfFault.At(
                element,
                $"link '{name}' does not exist",
                "one of " + string.Join(", ", _links.Keys));
    }

    private void AddTrees(XElement world)
    {
        int placed = 0;
        foreach ((string name, XElement link) in _links)
        {
            if (!_jointAbove.ContainsKey(name))
            {
                placed += AddLink(world, link, name, null);
            }
        }

        if (placed < _links.Count)
        {
            throw MjcfFault.At(_robot, "links and joints go round in a circle", "a tree of links");
        }
    }

    // A link called world is the world; else a root link is a body that stands in it.
    private int AddLink(XElement parent, XElement link, string name, XElement? joint)
    {
        XElement body = parent;
        if (joint is not null || name != "world")
        {
            body = Made(link, "body", ("name", name));
            if (joint is not null)
            {
                UrdfPose.Place(joint, body);
                body.Add(UrdfJoint.Convert(joint));
            }

            body.Add(UrdfInertial.Convert(link));
            parent.Add(body);
        }

        body.Add(_geoms.Convert(link));
        int count = 1;
        foreach (XElement below in _jointsBelow.GetValueOrDefault(name) ?? [])
        {
            string child = Link(below, "child");
            count += AddLink(body, _links[child], child, below);
        }

        return count;
    }

    // q = multiplier · q_other + offset.
    private XElement Equalities()
    {
        XElement section = Made(_robot, "equality");
        foreach (XElement mimic in _robot.Elements("joint").Elements("mimic"))
        {
            var at = new MjcfAttributes(mimic);
            section.Add(Made(
                mimic,
                "joint",
                ("joint1", Required(mimic.Parent!, "name")),
                ("joint2", Required(mimic, "joint")),
                ("polycoef", Text(at.Number("offset", 0), at.Number("multiplier", 1), 0, 0, 0))));
        }

        return section;
    }

    /// <summary>An attribute that must be there.</summary>
    internal static string Required(XElement element, string attribute) =>
        element.Attribute(attribute)?.Value
        ?? throw MjcfFault.At(element, $"'{attribute}' is missing", $"{attribute}=\"…\"");
}
