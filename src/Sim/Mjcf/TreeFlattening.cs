using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// Turns the tree of drafts into lists in MuJoCo's order: bodies depth first, and what is on them
/// body by body.
/// </summary>
internal sealed class TreeFlattening
{
    private const double Smallest = 1e-15;
    private const double NullPose = 1e-14;
    private readonly List<BodyDraft> _drafts = [];
    private int _positionCount;
    private int _dofCount;

    /// <summary>Flattens a tree.</summary>
    /// <param name="world">The world.</param>
    /// <param name="keeps">Whether a geom stays in the model.</param>
    public TreeFlattening(BodyDraft world, Func<ModelGeom, bool> keeps)
    {
        Add(world, -1, -1, 0, 0, keeps);
        RequireMass();
    }

    public List<ModelBody> Bodies { get; } = [];

    public List<ModelJoint> Joints { get; } = [];

    public List<JointDraft> JointDrafts { get; } = [];

    public List<ModelGeom> Geoms { get; } = [];

    public List<ModelSite> Sites { get; } = [];

    /// <summary>qpos0.</summary>
    public List<double> ReferencePosition { get; } = [];

    /// <summary>qpos_spring.</summary>
    public List<double> SpringPosition { get; } = [];

    private void Add(
        BodyDraft draft, int parent, int jointAbove, int weld, int root,
        Func<ModelGeom, bool> keeps)
    {
        int index = Bodies.Count;
        int first = Joints.Count;
        root = parent == 0 ? index : root;
        weld = draft.Joints.Count > 0 || draft.IsMocap ? index : weld;
        foreach (JointDraft joint in draft.Joints)
        {
            AddJoint(joint, draft.Pose, index, jointAbove);
            jointAbove = Joints.Count - 1;
        }

        Bodies.Add(new ModelBody
        {
            Name = draft.Name,
            Parent = parent,
            Position = draft.Pose.Position,
            Orientation = draft.Pose.Orientation,
            Mass = draft.Mass.Mass,
            CenterOfMass = draft.Mass.Center,
            Inertia = draft.Mass.Inertia,
            FirstJoint = first,
            JointCount = Joints.Count - first,
            Weld = weld,
            Root = root,
            GravityCompensation = draft.GravityCompensation,
            IsPlainSlider = IsPlainSlider(draft, parent),
        });
        _drafts.Add(draft);
        Geoms.AddRange(draft.Geoms
            .Where(geom => keeps(geom.Geom))
            .Select(geom => geom.Geom with { Body = index }));
        Sites.AddRange(draft.Sites.Select(site => site.Site with { Body = index }));
        foreach (BodyDraft child in draft.Children)
        {
            Add(child, index, jointAbove, weld, root, keeps);
        }
    }

    // MuJoCo, user_model.cc, body_simple.
    private bool IsPlainSlider(BodyDraft draft, int parent) =>
        draft.Joints.Count > 0
        && draft.Children.Count == 0
        && (parent <= 0 || (Bodies[parent].Parent == 0 && Bodies[parent].JointCount == 0))
        && new MjcfAttributes(draft.Element).Flag("simple", true)
        && draft.Mass.Center.Length <= NullPose
        && IsIdentity(draft.Mass.Axes)
        && draft.Joints.All(joint => joint.Joint.Type == JointType.Slide
            && joint.Joint.Position.Length <= NullPose
            && IsAlongAnAxis(joint.Joint.Axis));

    private static bool IsIdentity(UnitQuaternion q) =>
        Math.Abs(Math.Abs(q.W) - 1) <= NullPose
        && Math.Max(Math.Abs(q.X), Math.Max(Math.Abs(q.Y), Math.Abs(q.Z))) <= NullPose;

    private static bool IsAlongAnAxis(Vector3 axis) =>
        new[] { axis.X, axis.Y, axis.Z }.Count(part => Math.Abs(part) > NullPose) == 1;

    private void AddJoint(JointDraft draft, Pose bodyPose, int body, int parent)
    {
        ModelJoint joint = draft.Joint with
        {
            Body = body,
            Parent = parent,
            PositionAddress = _positionCount,
            DofAddress = _dofCount,
        };
        Joints.Add(joint);
        JointDrafts.Add(draft);
        _positionCount += joint.Type.PositionCount();
        _dofCount += joint.Type.DofCount();
        ModelLimits.Require(
            draft.Element, "degrees of freedom", _dofCount, ModelLimits.DofMax);
        Vector3 p = bodyPose.Position;
        UnitQuaternion q = bodyPose.Orientation;
        double[] reference = joint.Type switch
        {
            JointType.Free => [p.X, p.Y, p.Z, q.W, q.X, q.Y, q.Z],
            JointType.Ball => [1, 0, 0, 0],
            JointType.Slide or JointType.Hinge => [joint.Reference],
        };
        ReferencePosition.AddRange(reference);
        SpringPosition.AddRange(joint.Type.IsScalar() ? [joint.SpringReference] : reference);
    }

    // A body that moves must have mass and inertia, or be welded to one below it that has.
    private void RequireMass()
    {
        bool[] has = new bool[Bodies.Count];
        for (int index = Bodies.Count - 1; index > 0; index--)
        {
            ModelBody body = Bodies[index];
            (_, Vector3 principal) = body.Inertia.Decompose();
            has[index] |= body.Mass >= Smallest
                && Math.Min(principal.X, Math.Min(principal.Y, principal.Z)) >= Smallest;
            if (body.JointCount == 0)
            {
                has[body.Parent] |= has[index];
            }
            else if (!has[index])
            {
                throw MjcfFault.At(
                    _drafts[index].Element,
                    $"body '{body.Name}' moves but has no mass or no inertia",
                    "mass and inertia above 0",
                    $"mass {body.Mass} kg",
                    "add an <inertial>, or geoms with mass");
            }
        }
    }
}
