namespace HilRig.Sim.Spatial;

/// <summary>A symmetric 3 × 3 matrix, in MJCF's order of entries.</summary>
/// <param name="XX">Entry (1,1).</param>
/// <param name="YY">Entry (2,2).</param>
/// <param name="ZZ">Entry (3,3).</param>
/// <param name="XY">Entry (1,2).</param>
/// <param name="XZ">Entry (1,3).</param>
/// <param name="YZ">Entry (2,3).</param>
public readonly record struct SymmetricMatrix3(
    double XX, double YY, double ZZ, double XY, double XZ, double YZ)
{
    /// <summary>Sum.</summary>
    /// <param name="a">First term.</param>
    /// <param name="b">Second term.</param>
    public static SymmetricMatrix3 operator +(SymmetricMatrix3 a, SymmetricMatrix3 b) => new(
        a.XX + b.XX, a.YY + b.YY, a.ZZ + b.ZZ, a.XY + b.XY, a.XZ + b.XZ, a.YZ + b.YZ);

    /// <summary>Multiple.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="a">The matrix.</param>
    public static SymmetricMatrix3 operator *(double factor, SymmetricMatrix3 a) => new(
        factor * a.XX, factor * a.YY, factor * a.ZZ, factor * a.XY, factor * a.XZ, factor * a.YZ);

    /// <summary>The product with a vector.</summary>
    /// <param name="v">The vector.</param>
    public Vector3 Times(Vector3 v) => new(
        (XX * v.X) + (XY * v.Y) + (XZ * v.Z),
        (XY * v.X) + (YY * v.Y) + (YZ * v.Z),
        (XZ * v.X) + (YZ * v.Y) + (ZZ * v.Z));

    /// <summary>Inertia of a point mass about the origin: m (|r|² 1 - r rᵀ).</summary>
    /// <param name="mass">Mass, kg.</param>
    /// <param name="offset">Where it is, m.</param>
    public static SymmetricMatrix3 OfPointMass(double mass, Vector3 offset)
    {
        var (x, y, z) = offset;
        return mass * new SymmetricMatrix3(
            (y * y) + (z * z), (x * x) + (z * z), (x * x) + (y * y), -x * y, -x * z, -y * z);
    }

    /// <summary>R diag(d) Rᵀ.</summary>
    /// <param name="rotation">The rotation R.</param>
    /// <param name="diagonal">The diagonal d.</param>
    public static SymmetricMatrix3 FromPrincipal(UnitQuaternion rotation, Vector3 diagonal)
    {
        double[] r = rotation.ToMatrix();
        double Entry(int i, int j) => (diagonal.X * r[3 * i] * r[3 * j])
            + (diagonal.Y * r[(3 * i) + 1] * r[(3 * j) + 1])
            + (diagonal.Z * r[(3 * i) + 2] * r[(3 * j) + 2]);
        return new(Entry(0, 0), Entry(1, 1), Entry(2, 2), Entry(0, 1), Entry(0, 2), Entry(1, 2));
    }

    /// <summary>
    /// Eigenvalues and eigenvectors by Jacobi's method (cyclic, 1846): rotations that each make one
    /// off-diagonal entry zero, until all are.
    /// </summary>
    /// <returns>R and d with this = R diag(d) Rᵀ.</returns>
    public (UnitQuaternion Rotation, Vector3 Diagonal) Decompose()
    {
        double[,] a = { { XX, XY, XZ }, { XY, YY, YZ }, { XZ, YZ, ZZ } };
        double[,] v = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
        for (int sweep = 0; sweep < 32; sweep++)
        {
            if (a[0, 1] == 0 && a[0, 2] == 0 && a[1, 2] == 0)
            {
                break;
            }

            Annihilate(a, v, 0, 1);
            Annihilate(a, v, 0, 2);
            Annihilate(a, v, 1, 2);
        }

        var x = new Vector3(v[0, 0], v[1, 0], v[2, 0]);
        var y = new Vector3(v[0, 1], v[1, 1], v[2, 1]);
        UnitQuaternion rotation = UnitQuaternion.FromAxes(x, y, Vector3.Cross(x, y));
        return (rotation, new Vector3(a[0, 0], a[1, 1], a[2, 2]));
    }

    private static void Annihilate(double[,] a, double[,] v, int p, int q)
    {
        if (Math.Abs(a[p, q]) <= 1e-17 * (Math.Abs(a[p, p]) + Math.Abs(a[q, q])))
        {
            a[p, q] = a[q, p] = 0;
            return;
        }

        double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        double t = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double c = 1 / Math.Sqrt((t * t) + 1);
        double s = t * c;
        for (int k = 0; k < 3; k++)
        {
            (a[k, p], a[k, q]) = ((c * a[k, p]) - (s * a[k, q]), (s * a[k, p]) + (c * a[k, q]));
        }

        for (int k = 0; k < 3; k++)
        {
            (a[p, k], a[q, k]) = ((c * a[p, k]) - (s * a[q, k]), (s * a[p, k]) + (c * a[q, k]));
            (v[k, p], v[k, q]) = ((c * v[k, p]) - (s * v[k, q]), (s * v[k, p]) + (c * v[k, q]));
        }
    }
}
