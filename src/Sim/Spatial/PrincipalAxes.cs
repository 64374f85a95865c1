namespace HilRig.Sim.Spatial;

/// <summary>
/// Principal axes in the order and with the signs that MuJoCo's compiler gives them, by Jacobi's
/// rotations of the largest off-diagonal entry: moments in decreasing order, so a mesh has the same
/// frame as there.
/// </summary>
internal static class PrincipalAxes
{
    private const double LeastMargin = 1e-12;
    private const int RotationMax = 500;

    /// <summary>The rotation R and the diagonal d with A = R diag(d) Rᵀ.</summary>
    /// <param name="a">The matrix A.</param>
    /// <param name="bound">
    /// Part of the largest diagonal entry below which an off-diagonal one is left as it is, and
    /// below which two diagonal ones count as equal.
    /// </param>
    public static (UnitQuaternion Rotation, Vector3 Moments) Of(
        SymmetricMatrix3 a, double bound = 1e-16)
    {
        UnitQuaternion q = UnitQuaternion.Identity;
        SymmetricMatrix3 d = a;
        for (int k = 0; k < RotationMax; k++)
        {
            d = Turned(a, q);
            (int axis, double entry, double first, double second) = Largest(d);
            double scale = Math.Max(Math.Abs(d.XX), Math.Max(Math.Abs(d.YY), Math.Abs(d.ZZ)));
            if (Math.Abs(entry) <= bound * scale)
            {
                break;
            }

            double tau = (second - first) / (2 * entry);
            double root = Math.Sqrt(1 + (tau * tau));
            double tangent = tau >= 0 ? 1 / (tau + root) : -1 / (root - tau);
            double cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
            // Sine of half the angle about the axis that is left over; about y the plane is (z, x).
            double half = tangent * cosine / Math.Sqrt(2 * (1 + cosine));
            half = axis == 1 ? half : -half;
            q = (q * About(axis, half)).Normalized();
        }

        double margin = Math.Max(bound, LeastMargin);
        return Sort(q, d, margin * Math.Max(d.XX, Math.Max(d.YY, d.ZZ)));
    }

    private static SymmetricMatrix3 Turned(SymmetricMatrix3 a, UnitQuaternion q)
    {
        Vector3 x = q.Rotate(new Vector3(1, 0, 0));
        Vector3 y = q.Rotate(new Vector3(0, 1, 0));
        Vector3 z = q.Rotate(new Vector3(0, 0, 1));
        Vector3 ax = a.Times(x);
        Vector3 ay = a.Times(y);
        Vector3 az = a.Times(z);
        return new(
            Vector3.Dot(x, ax),
            Vector3.Dot(y, ay),
            Vector3.Dot(z, az),
            Vector3.Dot(x, ay),
            Vector3.Dot(x, az),
            Vector3.Dot(y, az));
    }

    private static (int Axis, double Entry, double First, double Second) Largest(
        SymmetricMatrix3 d)
    {
        double xy = Math.Abs(d.XY);
        double xz = Math.Abs(d.XZ);
        double yz = Math.Abs(d.YZ);
        return xy > xz && xy > yz ? (2, d.XY, d.XX, d.YY)
            : xz > yz ? (1, d.XZ, d.XX, d.ZZ)
            : (0, d.YZ, d.YY, d.ZZ);
    }

    private static UnitQuaternion About(int axis, double sine)
    {
        double cosine = Math.Sqrt(1 - (sine * sine));
        return axis switch
        {
            0 => new UnitQuaternion(cosine, sine, 0, 0),
            1 => new UnitQuaternion(cosine, 0, sine, 0),
            _ => new UnitQuaternion(cosine, 0, 0, sine),
        };
    }

    // Quarter turns swap neighbours: 0 and 1, 1 and 2, 0 and 1.
    private static (UnitQuaternion Rotation, Vector3 Moments) Sort(
        UnitQuaternion q, SymmetricMatrix3 d, double margin)
    {
        Span<double> moments = [d.XX, d.YY, d.ZZ];
        foreach (int lead in (ReadOnlySpan<int>)[0, 1, 0])
        {
            if (moments[lead] + margin < moments[lead + 1])
            {
                (moments[lead], moments[lead + 1]) = (moments[lead + 1], moments[lead]);
                q = (q * About((lead + 2) % 3, Math.Sqrt(0.5))).Normalized();
            }
        }

        return (q, new Vector3(moments[0], moments[1], moments[2]));
    }
}
