using CsCheck;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Tests.Spatial;

/// <summary>Decompositions and rotations give back what they were made from.</summary>
internal sealed class SymmetricMatrix3Tests
{
    private static Gen<UnitQuaternion> Rotations =>
        Gen.Select(Gen.Double[-1, 1], Gen.Double[-1, 1], Gen.Double[-1, 1], Gen.Double[0.1, 1])
            .Select((x, y, z, w) => new UnitQuaternion(w, x, y, z).Normalized());

    [Test]
    public void A_decomposed_matrix_composes_to_itself()
    {
        Gen.Double[-1, 1].Array[6].Sample(m =>
        {
            var matrix = new SymmetricMatrix3(m[0], m[1], m[2], m[3], m[4], m[5]);
            (UnitQuaternion rotation, Vector3 diagonal) = matrix.Decompose();
            SymmetricMatrix3 back = SymmetricMatrix3.FromPrincipal(rotation, diagonal);
            return Distance(matrix, back) < 1e-13;
        });
    }

    [Test]
    public void A_matrix_of_axes_is_the_rotation_it_came_from()
    {
        Rotations.Sample(rotation =>
        {
            var back = UnitQuaternion.FromAxes(
                rotation.Rotate(new(1, 0, 0)),
                rotation.Rotate(new(0, 1, 0)),
                rotation.Rotate(new(0, 0, 1)));
            double same = Math.Abs((rotation.W * back.W) + (rotation.X * back.X)
                + (rotation.Y * back.Y) + (rotation.Z * back.Z));
            return Math.Abs(same - 1) < 1e-13;
        });
    }

    [Test]
    public void The_rotation_to_a_direction_takes_z_there()
    {
        Rotations.Sample(rotation =>
        {
            Vector3 direction = rotation.Rotate(new(0.3, -0.4, 2));
            Vector3 z = UnitQuaternion.FromZAxis(direction).Rotate(new(0, 0, 1));
            return (z - ((1 / direction.Length) * direction)).Length < 1e-13;
        });
    }

    [Test]
    public void The_rotation_to_minus_z_is_half_a_turn()
    {
        Vector3 z = UnitQuaternion.FromZAxis(new(0, 0, -2)).Rotate(new(0, 0, 1));
        Assert.That((z - new Vector3(0, 0, -1)).Length, Is.LessThan(1e-15));
    }

    private static double Distance(SymmetricMatrix3 a, SymmetricMatrix3 b)
    {
        SymmetricMatrix3 d = a + (-1 * b);
        double[] entries = [d.XX, d.YY, d.ZZ, d.XY, d.XZ, d.YZ];
        return entries.Max(Math.Abs);
    }
}
