using System.Xml.Linq;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// Reads inertial elements and applies the compiler's bounds on mass and inertia.
/// </summary>
internal sealed class InertialReader(CompilerSettings compiler)
{
    // Rounding of a decomposition must not fail a flat body, for which A + B = C exactly.
    private const double TriangleTolerance = 1e-9;

    /// <summary>Mass, centre and inertia in the body's frame.</summary>
    public MassProperties Read(MjcfAttributes at, Pose frame)
    {
        foreach (string required in (string[])["pos", "mass"])
        {
            if (!at.Has(required))
            {
                throw MjcfFault.At(at.Element, $"'{required}' is missing", $"{required}=\"…\"");
            }
        }

        double mass = at.NotNegative("mass", 0);
        Pose pose = frame * Pose.Read(at, compiler);
        double[]? full = at.Numbers("fullinertia", 6, 6);
        double[]? diagonal = at.Numbers("diaginertia", 3, 3);
        if (full is null)
        {
            double[] d = diagonal ?? [0, 0, 0];
            if (d.Any(moment => moment < 0))
            {
                throw MjcfFault.At(at.Find("diaginertia")!, "a moment of inertia is negative");
            }

            return new(
                mass,
                pose.Position,
                SymmetricMatrix3.FromPrincipal(pose.Orientation, new(d[0], d[1], d[2])),
                pose.Orientation);
        }

        if (diagonal is not null || at.Has("quat") || at.Has("euler") || at.Has("axisangle")
            || at.Has("xyaxes") || at.Has("zaxis"))
        {
            throw MjcfFault.At(
                at.Element,
                "fullinertia stands beside another inertia or a rotation",
                "one of them");
        }

        var inertia = new SymmetricMatrix3(full[0], full[1], full[2], full[3], full[4], full[5]);
        (UnitQuaternion rotation, Vector3 principal) = PrincipalAxes.Of(inertia);
        if (principal.Z < 1e-14)
        {
            throw MjcfFault.At(
                at.Find("fullinertia")!, "the inertia matrix is not positive definite");
        }

        UnitQuaternion axes = frame.Orientation * rotation;
        return frame == Pose.Identity
            ? new(mass, pose.Position, inertia, axes)
            : new(mass, pose.Position, SymmetricMatrix3.FromPrincipal(axes, principal), axes);
    }

    /// <summary>
    /// Applies boundmass, boundinertia and balanceinertia; refuses impossible inertia.
    /// </summary>
    public MassProperties Bound(MassProperties mass, XElement body)
    {
        (UnitQuaternion rotation, Vector3 d) = mass.Inertia.Decompose();
        var bounded = new Vector3(
            Math.Max(d.X, compiler.BoundInertia),
            Math.Max(d.Y, compiler.BoundInertia),
            Math.Max(d.Z, compiler.BoundInertia));
        double slack = TriangleTolerance * (bounded.X + bounded.Y + bounded.Z);
        bool possible = bounded.X + bounded.Y >= bounded.Z - slack
            && bounded.X + bounded.Z >= bounded.Y - slack
            && bounded.Y + bounded.Z >= bounded.X - slack;
        if (!possible && !compiler.BalanceInertia)
        {
            throw MjcfFault.At(
                body,
                "the inertia is impossible: one principal moment exceeds the sum of the others",
                found: $"{bounded.X}, {bounded.Y}, {bounded.Z} kg·m²",
                remedy: "correct it, or set balanceinertia in <compiler>");
        }

        if (!possible)
        {
            double mean = (bounded.X + bounded.Y + bounded.Z) / 3;
            bounded = new Vector3(mean, mean, mean);
        }

        SymmetricMatrix3 inertia = bounded == d
            ? mass.Inertia
            : SymmetricMatrix3.FromPrincipal(rotation, bounded);
        return mass with { Mass = Math.Max(mass.Mass, compiler.BoundMass), Inertia = inertia };
    }
}
