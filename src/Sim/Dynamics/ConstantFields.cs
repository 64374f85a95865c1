using HilRig.Core.Errors;
using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>
/// Every physical field that an env may have for itself, by MuJoCo's names. All are primary: what
/// follows from them is derived anew. Differences: body_inertia has the numbers XX YY ZZ XY XZ YZ
/// about the centre of mass in the body's axes, and gains have the numbers that are used.
/// </summary>
internal sealed class ConstantFields
{
    private readonly List<ConstantField> _fields = [];
    private readonly Model _model;
    private readonly Layout _layout;

    /// <summary>The fields of a model.</summary>
    public ConstantFields(Model model, Layout layout)
    {
        _model = model;
        _layout = layout;
        _fields.Add(new("opt_gravity", [""], 3, [.. Run(ConstantSlots.Gravity, 3)]));
        AddBodies();
        AddJoints();
        AddDofs();
        AddActuators();
        AddGeoms();
    }

    /// <summary>All fields that have a row.</summary>
    public IReadOnlyList<ConstantField> All => _fields;

    /// <summary>The field of a name.</summary>
    /// <exception cref="ModelException">There is none of this name.</exception>
    public ConstantField Find(string name) =>
        _fields.Find(field => field.Name == name)
        ?? throw new ModelException(
            $"no field is called '{name}'",
            where: _model.Path,
            expected: string.Join(", ", _fields.Select(field => field.Name)),
            found: name,
            remedy: "use one of the names listed");

    private void AddBodies()
    {
        string[] names = [.. _model.Bodies.Select(body => body.Name)];
        Add("body_pos", names, ConstantSlots.BodyPosition, 3, Layout.OfBody);
        Add("body_mass", names, ConstantSlots.BodyMass, 1, Layout.OfBody);
        Add("body_ipos", names, ConstantSlots.BodyCenter, 3, Layout.OfBody);
        Add("body_inertia", names, ConstantSlots.BodyInertia, 6, Layout.OfBody);
    }

    private void AddJoints()
    {
        string[] names = [.. _model.Joints.Select(joint => joint.Name)];
        Add("jnt_pos", names, ConstantSlots.Anchor, 3, _layout.OfJoint);
        Add("jnt_axis", names, ConstantSlots.Axis, 3, _layout.OfJoint);
        Add("jnt_stiffness", names, ConstantSlots.Stiffness, 1, _layout.OfJoint);
        ModelJoint[] springs =
            [.. _model.Joints.Where(joint => joint.Type.IsScalar())];
        _fields.Add(new(
            "qpos_spring",
            [.. springs.Select(joint => joint.Name)],
            1,
            [
                .. springs.Select(joint => _layout.OfJoint(
                    _model.Joints.ToList().IndexOf(joint), ConstantSlots.SpringReference)),
            ]));
    }

    private void AddDofs()
    {
        string[] names =
        [
            .. _model.Joints.SelectMany(joint =>
                Enumerable.Repeat(joint.Name, joint.Type.DofCount())),
        ];
        Add("dof_damping", names, ConstantSlots.Damping, 1, _layout.OfDof);
        Add("dof_armature", names, ConstantSlots.Armature, 1, _layout.OfDof);
        Add("dof_frictionloss", names, ConstantSlots.FrictionLoss, 1, _layout.OfDof);
        Add("dof_range", names, ConstantSlots.RangeMin, 2, _layout.OfDof);
    }

    private void AddActuators()
    {
        string[] names = [.. _model.Actuators.Select(actuator => actuator.Name)];
        Add("actuator_gear", names, ConstantSlots.Gear, 1, _layout.OfActuator);
        Add("actuator_gainprm", names, ConstantSlots.Gain, 1, _layout.OfActuator);
        Add("actuator_biasprm", names, ConstantSlots.Bias0, 3, _layout.OfActuator);
        Add("actuator_ctrlrange", names, ConstantSlots.ControlMin, 2, _layout.OfActuator);
        Add("actuator_forcerange", names, ConstantSlots.ForceMin, 2, _layout.OfActuator);
    }

    private void AddGeoms()
    {
        string[] names = [.. _model.Geoms.Select(geom => geom.Name)];
        Func<int, int, int> slot = _layout.Contacts.OfGeom;
        Add("geom_pos", names, ContactSlots.GeomPosition, 3, slot);
        Add("geom_size", names, ContactSlots.GeomSize, 3, slot);
        Add("geom_friction", names, ContactSlots.GeomFriction, 3, slot);
        Add("geom_solmix", names, ContactSlots.GeomSoftnessWeight, 1, slot);
        Add("geom_solref", names, ContactSlots.GeomReference, 2, slot);
        Add("geom_solimp", names, ContactSlots.GeomImpedance, 5, slot);
        Add("geom_margin", names, ContactSlots.GeomMargin, 1, slot);
        Add("geom_gap", names, ContactSlots.GeomGap, 1, slot);
    }

    private void Add(
        string name, string[] rows, int first, int width, Func<int, int, int> slotOf)
    {
        if (rows.Length > 0)
        {
            IEnumerable<int> starts = rows.Select((_, row) => slotOf(row, first));
            _fields.Add(new(name, rows, width, [.. starts.SelectMany(slot => Run(slot, width))]));
        }
    }

    private static IEnumerable<int> Run(int first, int count) => Enumerable.Range(first, count);
}
