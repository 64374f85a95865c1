using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>What joints a body may have together.</summary>
internal static class JointRules
{
    /// <summary>Checks the joints of one body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="depth">Bodies above it, the world included.</param>
    /// <exception cref="Core.Errors.ModelException">Joints that cannot be together.</exception>
    public static void Check(BodyDraft body, int depth)
    {
        int dofs = 0;
        bool ball = false;
        foreach (JointDraft draft in body.Joints)
        {
            JointType type = draft.Joint.Type;
            dofs += type.DofCount();
            if (type == JointType.Free && depth > 1)
            {
                throw MjcfFault.At(
                    draft.Element,
                    "a free joint is on a body within a body",
                    "a body directly in <worldbody>");
            }

            if (dofs > 6)
            {
                throw MjcfFault.At(
                    draft.Element, "the body has more than 6 degrees of freedom", "6 at most",
                    $"{dofs}", "put a body without mass between, or drop a joint");
            }

            if (ball && (type is JointType.Ball or JointType.Hinge))
            {
                throw MjcfFault.At(draft.Element, "a rotation follows a ball joint of one body");
            }

            ball |= type == JointType.Ball;
        }
    }
}
