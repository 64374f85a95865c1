using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>The dofs that a block of constraint rows depends on, in rising order.</summary>
/// <param name="Dofs">The dofs.</param>
/// <param name="Sides">
/// Which bodies each one moves (BlockSlots.FirstSide…); place in the position vector for blocks of
/// joints.
/// </param>
internal sealed record DofList(int[] Dofs, int[] Sides)
{
    /// <summary>Every dof at or above either of two bodies.</summary>
    public static DofList OfBodies(Model model, int first, int second)
    {
        HashSet<int> a = Above(model, first);
        HashSet<int> b = Above(model, second);
        int[] dofs = [.. a.Union(b).Order()];
        return new(dofs, [.. dofs.Select(dof => Side(a.Contains(dof), b.Contains(dof)))]);
    }

    /// <summary>
    /// The same less the dofs that move both: a contact has one point, so these move it alike.
    /// </summary>
    public static DofList OfContact(Model model, int first, int second)
    {
        DofList all = OfBodies(model, first, second);
        int[] kept = [.. Enumerable.Range(0, all.Dofs.Length).Where(
            i => all.Sides[i] != BlockSlots.BothSides)];
        return new([.. kept.Select(i => all.Dofs[i])], [.. kept.Select(i => all.Sides[i])]);
    }

    /// <summary>The dofs of slides and hinges.</summary>
    public static DofList OfJoints(Model model, IEnumerable<int> joints)
    {
        ModelJoint[] sorted = [.. joints.Distinct().Order().Select(joint => model.Joints[joint])];
        return new(
            [.. sorted.Select(joint => joint.DofAddress)],
            [.. sorted.Select(joint => joint.PositionAddress)]);
    }

    /// <summary>The three dofs of a ball joint.</summary>
    public static DofList OfBall(ModelJoint joint) =>
        new([joint.DofAddress, joint.DofAddress + 1, joint.DofAddress + 2], [0, 0, 0]);

    private static int Side(bool first, bool second) =>
        (first ? BlockSlots.FirstSide : 0) | (second ? BlockSlots.SecondSide : 0);

    private static HashSet<int> Above(Model model, int body)
    {
        var dofs = new HashSet<int>();
        for (; body > 0; body = model.Bodies[body].Parent)
        {
            ModelBody own = model.Bodies[body];
            for (int joint = own.FirstJoint; joint < own.FirstJoint + own.JointCount; joint++)
            {
                ModelJoint each = model.Joints[joint];
                dofs.UnionWith(Enumerable.Range(each.DofAddress, each.Type.DofCount()));
            }
        }

        return dofs;
    }
}
