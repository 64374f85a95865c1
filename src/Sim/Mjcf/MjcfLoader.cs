using System.Xml.Linq;
using HilRig.Core.Errors;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// Loads a model from MJCF (MuJoCo's XML, as of version 3.14) or from URDF. What is only drawn is
/// accepted and listed in <see cref="Model.Notices"/>; what would change the physics and is not
/// simulated is refused. docs/mjcf.md lists both.
/// </summary>
public static class MjcfLoader
{
    /// <summary>Reads and compiles a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="options">What may be left out; null for nothing.</param>
    /// <exception cref="ModelException">
    /// The file is missing, wrong, or uses something unsupported; the message names file, line and
    /// element.
    /// </exception>
    public static Model Load(string path, MjcfOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        string full = Path.GetFullPath(path);
        return Compile(MjcfDocument.Read(full), full, options ?? new MjcfOptions());
    }

    /// <summary>Compiles a model that the program carries; it includes no file.</summary>
    /// <param name="text">MJCF or URDF.</param>
    /// <param name="name">Name of the text in messages, such as that of its file.</param>
    /// <exception cref="ModelException">
    /// The text is wrong, or uses something unsupported; the message names line and element.
    /// </exception>
    public static Model Parse(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        string path = Path.GetFullPath(name);
        return Compile(MjcfDocument.ReadText(text, path), path, new MjcfOptions());
    }

    /// <summary>Compiles a document that is read.</summary>
    internal static Model Compile(XElement root, string path, MjcfOptions options)
    {
        var notices = new NoticeList();
        if (options.SkipSensors)
        {
            SensorReader.RemoveUnknown(root, notices);
        }

        MjcfVocabulary.Check(root);
        CompilerSettings compiler = CompilerSettings.Read(root);
        var classes = new DefaultClasses(root);
        var files = new AssetFiles(Path.GetDirectoryName(path)!, compiler);
        var assets = new GeomAssets(root, classes, files, notices);
        NoteIgnored(root, notices);
        var geoms = new GeomReader(compiler, assets, options, notices);
        var bodies = new BodyTreeReader(classes, compiler, geoms, notices);
        BodyDraft world = bodies.Read(root);
        var references = new NamedParts(root);
        TreeEdits.AlignFree(world, compiler.AlignFree);
        if (compiler.FuseStatic)
        {
            TreeEdits.FuseStatic(world, references.Bodies, isWorld: true);
        }

        var tree = new TreeFlattening(
            world, geom => !compiler.DiscardVisual || references.Touches(geom));
        if (tree.Joints.Count == 0)
        {
            throw new ModelException(
                "the model has no joint", path, "at least one joint", "none");
        }

        var model = new Model
        {
            Name = root.Attribute("model")?.Value ?? "MuJoCo Model",
            Path = path,
            Options = OptionReader.Read(root, options.ContactMax),
            Bodies = Scale(tree.Bodies, compiler.TotalMass),
            Joints = tree.Joints,
            Geoms = tree.Geoms,
            Sites = tree.Sites,
            Meshes = options.SkipMeshes
                ? []
                : assets.Meshes.Compile(tree.Geoms, references.Touches),
            HeightFields = assets.HeightFields.Compiled,
            ReferencePosition = tree.ReferencePosition,
            SpringPosition = tree.SpringPosition,
            Actuators = [],
            Keyframes = [],
            Notices = [],
        };
        return ReferenceConstants.Fill(
            AddSections(model, root, tree, classes, compiler, notices) with
            {
                Notices = notices.ToList(),
            },
            tree.JointDrafts);
    }

    private static Model AddSections(
        Model model,
        XElement root,
        TreeFlattening tree,
        DefaultClasses classes,
        CompilerSettings compiler,
        NoticeList notices)
    {
        var names = new ModelNames(tree);
        IReadOnlyList<ModelTendon> tendons =
            new TendonReader(classes, compiler, names, tree).Read(root);
        names.Add("tendon", tendons, tendon => tendon.Name);
        IReadOnlyList<ModelActuator> actuators =
            new ActuatorReader(classes, compiler, names, tree.Joints, tendons).Read(root);
        names.Add("actuator", actuators, actuator => actuator.Name);
        var contacts = new ContactReader(classes, names, tree.Geoms);
        return model with
        {
            Tendons = tendons,
            Actuators = actuators,
            Equalities = new EqualityReader(classes, names, tree).Read(root),
            ContactPairs = contacts.ReadPairs(root),
            ContactExcludes = contacts.ReadExcludes(root),
            Sensors = new SensorReader(names, tree.Joints).Read(root),
            Keyframes = KeyframeReader.Read(root, tree, actuators, notices),
        };
    }

    private static void NoteIgnored(XElement root, NoticeList notices)
    {
        foreach (XElement section in root.Elements()
            .Where(section => MjcfVocabulary.IsVisual(section) && section.Name != "size"))
        {
            notices.Add(section, $"<{section.Name.LocalName}> ignored: no effect on the motion");
        }

        foreach (XElement asset in root.Elements("asset").Elements())
        {
            if (MjcfVocabulary.IsVisual(asset))
            {
                notices.Add(asset, $"<{asset.Name.LocalName}> ignored: it is only drawn");
            }
        }

        foreach (XAttribute solver in root.Elements("option").Attributes("solver"))
        {
            if (solver.Value != "Newton")
            {
                notices.Add(
                    solver.Parent!, "solver ignored: constraints are always solved to the minimum");
            }
        }
    }

    private static List<ModelBody> Scale(List<ModelBody> bodies, double totalMass)
    {
        double now = bodies.Sum(body => body.Mass);
        if (totalMass <= 0 || now <= 0)
        {
            return bodies;
        }

        double factor = totalMass / now;
        return
        [
            .. bodies.Select(body => body with
            {
                Mass = factor * body.Mass,
                Inertia = factor * body.Inertia,
            }),
        ];
    }
}
