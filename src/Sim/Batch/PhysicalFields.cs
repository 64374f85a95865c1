using HilRig.Sim.Dynamics;
using HilRig.Sim.Models;

namespace HilRig.Sim.Batch;

/// <summary>The physical parameters of a model, under MuJoCo's names (mjmodel.h).</summary>
internal static class PhysicalFields
{
    private const double Any = double.NegativeInfinity;
    private const double MassMin = 1e-12;

    /// <summary>All parameters of a model.</summary>
    public static IReadOnlyList<PhysicalField> Of(Model model, Layout layout)
    {
        string[] bodies = [.. model.Bodies.Select(body => body.Name)];
        string[] joints = [.. model.Joints.Select(joint => joint.Name)];
        string[] actuators = [.. model.Actuators.Select(actuator => actuator.Name)];
        PhysicalField[] fields =
        [
            new("gravity", ["gravity"], 3, _ => ConstantSlots.Gravity, Any),
            Body("body_mass", 1, ConstantSlots.BodyMass, MassMin),
            Body("body_ipos", 3, ConstantSlots.BodyCenter, Any),
            Body("body_fullinertia", 6, ConstantSlots.BodyInertia, Any),
            Body("body_pos", 3, ConstantSlots.BodyPosition, Any),
            .. Dofs(model, layout),
            Joint("jnt_stiffness", 1, ConstantSlots.Stiffness, 0),
            Joint("jnt_pos", 3, ConstantSlots.Anchor, Any),
            new("jnt_range", joints, 2, joint => Range(model, layout, joint), Any)
            {
                Refusal = joint => model.Joints[joint].Limited ? null : "a joint without limits",
            },
            Geom("geom_pos", 3, ContactSlots.GeomPosition, Any),
            Geom("geom_size", 3, ContactSlots.GeomSize, 0),
            Geom("geom_margin", 1, ContactSlots.GeomMargin, Any),
            Geom("geom_gap", 1, ContactSlots.GeomGap, Any),
            Geom("geom_friction", 3, ContactSlots.GeomFriction, 0),
            Geom("geom_solref", 2, ContactSlots.GeomReference, Any),
            Geom("geom_solimp", 5, ContactSlots.GeomImpedance, 0),
            Actuator("actuator_gear", 1, ConstantSlots.Gear),
            Actuator("actuator_gainprm", 1, ConstantSlots.Gain),
            Actuator("actuator_biasprm", 3, ConstantSlots.Bias0),
            Actuator("actuator_ctrlrange", 2, ConstantSlots.ControlMin),
            Actuator("actuator_forcerange", 2, ConstantSlots.ForceMin),
        ];
        return [.. fields.Where(field => field.RowNames.Count > 0)];

        PhysicalField Body(string name, int columns, int slot, double least) =>
            new(name, bodies, columns, body => Layout.OfBody(body, slot), least);

        PhysicalField Joint(string name, int columns, int slot, double least) =>
            new(name, joints, columns, joint => layout.OfJoint(joint, slot), least);

        PhysicalField Geom(string name, int columns, int slot, double least) =>
            new(
                name,
                [.. model.Geoms.Select(geom => geom.Name)],
                columns,
                geom => layout.Contacts.OfGeom(geom, slot),
                least);

        PhysicalField Actuator(string name, int columns, int slot) =>
            new(name, actuators, columns, actuator => layout.OfActuator(actuator, slot), Any);
    }

    private static PhysicalField[] Dofs(Model model, Layout layout)
    {
        string[] names = DofNames(model);
        return
        [
            Dof("dof_armature", ConstantSlots.Armature),
            Dof("dof_damping", ConstantSlots.Damping) with
            {
                Refusal = _ => model.Joints.All(joint => joint.Damping == 0)
                    ? "a model without damping is integrated without it"
                    : null,
            },
            Dof("dof_frictionloss", ConstantSlots.FrictionLoss) with
            {
                Refusal = dof => FrictionLoss(model, dof) == 0
                    ? "a friction loss of 0, so there is no friction row"
                    : null,
            },
        ];

        PhysicalField Dof(string name, int slot) =>
            new(name, names, 1, dof => layout.OfDof(dof, slot), 0);
    }

    private static double FrictionLoss(Model model, int dof) => model.Joints.Last(
        joint => joint.DofAddress <= dof).FrictionLoss;

    // Of a slide or hinge; a free joint has no limits.
    private static int Range(Model model, Layout layout, int joint) =>
        layout.OfDof(model.Joints[joint].DofAddress, ConstantSlots.RangeMin);

    // A dof is called after its joint; those of a free or ball joint add their number.
    private static string[] DofNames(Model model) =>
    [
        .. model.Joints.SelectMany(joint => joint.Type.DofCount() == 1
            ? [joint.Name]
            : Enumerable.Range(0, joint.Type.DofCount()).Select(k => $"{joint.Name}/{k}")),
    ];
}
