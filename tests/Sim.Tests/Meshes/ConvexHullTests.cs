using CsCheck;
using HilRig.Sim.Meshes;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Tests.Meshes;

internal sealed class ConvexHullTests
{
    // The grid is 2^-30 of the extent.
    private const double Tolerance = 4e-9;

    private static readonly Gen<Vector3> Coarse = Gen.Select(
        Gen.Int[-3, 3], Gen.Int[-3, 3], Gen.Int[-3, 3], (x, y, z) => new Vector3(x, y, z));

    // Steps that are coarser than the hull's grid: points closer than that are one to it.
    private static readonly Gen<double> Part = Gen.Int[-1_000_000, 1_000_000].Select(i => i / 1e6);

    private static readonly Gen<Vector3> Fine =
        Gen.Select(Part, Part, Part, (x, y, z) => new Vector3(x, y, z));

    // Whole numbers make coplanar, collinear and equal points the rule.
    [Test]
    public void A_hull_is_closed_convex_and_holds_every_point()
    {
        Gen.OneOf(Coarse.Array[4, 60], Fine.Array[4, 60]).Sample(
            points =>
            {
                if (Flat(points))
                {
                    Assert.Throws<FormatException>(() => ConvexHull.Of(points));
                    return;
                }

                int[] hull = ConvexHull.Of(points);
                RequireClosed(hull);
                double extent = points.Max(p => p.Length);
                for (int i = 0; i < hull.Length; i += 3)
                {
                    foreach (Vector3 point in points)
                    {
                        Assert.That(
                            Height(points, hull, i, point),
                            Is.LessThanOrEqualTo(Tolerance * extent));
                    }
                }
            },
            iter: 400,
            threads: 1);
    }

    [Test]
    public void A_cube_of_many_points_has_eight_corners()
    {
        var points = new List<Vector3>();
        for (int i = 0; i < 125; i++)
        {
            points.Add(new Vector3(i % 5, i / 5 % 5, i / 25));
        }

        int[] hull = ConvexHull.Of(points);
        Assert.That(hull, Has.Length.EqualTo(36));
        Assert.That(hull.Distinct().Count(), Is.EqualTo(8));
    }

    [Test]
    public void The_order_of_the_points_does_not_matter()
    {
        Fine.Array[8, 40].Sample(
            points =>
            {
                Vector3[] turned = [.. points.Reverse()];
                Assert.That(
                    ConvexHull.Of(turned).Select(i => turned[i]).ToHashSet(),
                    Is.EquivalentTo(ConvexHull.Of(points).Select(i => points[i]).ToHashSet()));
            },
            iter: 100,
            threads: 1);
    }

    [Test]
    public void A_hull_can_be_held_to_some_corners()
    {
        Vector3[] ball =
        [
            .. Enumerable.Range(0, 500).Select(i => new Vector3(
                Math.Cos(i) * Math.Sin(0.006 * i),
                Math.Sin(i) * Math.Sin(0.006 * i),
                Math.Cos(0.006 * i))),
        ];
        int[] hull = ConvexHull.Of(ball, 32);
        RequireClosed(hull);
        Assert.That(hull.Distinct().Count(), Is.EqualTo(32));
        Assert.That(ConvexHull.Of(ball).Distinct().Count(), Is.GreaterThan(400));
    }

    private static bool Flat(Vector3[] points)
    {
        Vector3 a = points[0];
        Vector3 b = points.MaxBy(p => (p - a).Length);
        Vector3 c = points.MaxBy(p => Vector3.Cross(b - a, p - a).Length);
        Vector3 normal = Vector3.Cross(b - a, c - a);
        return points.All(p => Math.Abs(Vector3.Dot(normal, p - a)) <= 1e-12);
    }

    private static double Height(Vector3[] points, int[] hull, int face, Vector3 point)
    {
        Vector3 a = points[hull[face]];
        Vector3 normal = Vector3.Cross(
            points[hull[face + 1]] - a, points[hull[face + 2]] - a);
        return Vector3.Dot(normal, point - a) / normal.Length;
    }

    // Every edge is gone along once in each direction, and V - E + F = 2.
    private static void RequireClosed(int[] hull)
    {
        var edges = new HashSet<(int From, int To)>();
        for (int i = 0; i < hull.Length; i++)
        {
            int next = i % 3 == 2 ? i - 2 : i + 1;
            Assert.That(edges.Add((hull[i], hull[next])), "an edge goes the same way twice");
        }

        Assert.That(edges.All(edge => edges.Contains((edge.To, edge.From))));
        int corners = hull.Distinct().Count();
        Assert.That(corners - (edges.Count / 2) + (hull.Length / 3), Is.EqualTo(2));
    }
}
