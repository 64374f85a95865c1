using System.Xml.Linq;
using HilRig.Core.Errors;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// Loads a robot from MJCF (MuJoCo's XML, as of version 3.14): trees of hinge and slide joints with
/// motor, position, velocity and affine general actuators. What is only drawn is accepted and
/// listed in <see cref="Model.Notices"/>; what would change the physics and is not simulated is
/// refused.
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
        options ??= new MjcfOptions();
        string full = Path.GetFullPath(path);
        XElement root = MjcfDocument.Read(full);
        MjcfVocabulary.Check(root);

        var notices = new NoticeList();
        CompilerSettings compiler = CompilerSettings.Read(root);
        ModelOptions physics = OptionReader.Read(root);
        var classes = new DefaultClasses(root);
        var meshes = new MeshAssets(
            root, compiler, Path.GetDirectoryName(full)!, options.SkipMeshes);
        NoteIgnored(root, notices);
        var geoms = new GeomReader(compiler, options, meshes, notices);
        var tree = new BodyTreeReader(classes, compiler, geoms, notices);
        tree.Read(root);
        if (tree.Joints.Count == 0)
        {
            throw new ModelException(
                "the model has no joint", full, "at least one hinge or slide", "none");
        }

        CheckExcludes(root, tree.Bodies);
        IReadOnlyList<ModelActuator> actuators =
            new ActuatorReader(classes, compiler, tree.Joints).Read(root);
        return ReferenceConstants.Fill(new Model
        {
            Name = root.Attribute("model")?.Value ?? "MuJoCo Model",
            Path = full,
            Options = physics,
            Bodies = Scale(tree.Bodies, compiler.TotalMass),
            Joints = tree.Joints,
            ReferencePosition = [.. tree.Joints.Select(joint => joint.Reference)],
            SpringPosition = [.. tree.Joints.Select(joint => joint.SpringReference)],
            Actuators = actuators,
            Keyframes = KeyframeReader.Read(root, tree.Joints, actuators.Count),
            Notices = notices.ToList(),
            Geoms = geoms.Drawn,
        });
    }

    private static void NoteIgnored(XElement root, NoticeList notices)
    {
        foreach (XElement section in root.Elements())
        {
            if (MjcfVocabulary.IsVisual(section))
            {
                notices.Add(
                    section, $"<{section.Name.LocalName}> ignored: no effect on the motion");
            }
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

    private static void CheckExcludes(XElement root, List<ModelBody> bodies)
    {
        foreach (XElement exclude in root.Elements("contact").Elements("exclude"))
        {
            foreach (string name in (string[])["body1", "body2"])
            {
                string? body = exclude.Attribute(name)?.Value;
                if (!bodies.Any(other => other.Name == body))
                {
                    throw MjcfFault.At(
                        exclude, $"{name} '{body}' does not exist", "the name of a body");
                }
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
