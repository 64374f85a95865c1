using System.Runtime.CompilerServices;
using System.Text.Json;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Scalars;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Dynamics.Collision;

/// <summary>Contacts against MuJoCo's own, at poses drawn anew by collide.mjs.</summary>
[CancelAfter(120_000)]
internal sealed class ContactParityTests
{
    private const double Exact = 1e-10; // m and direction: both compute the same formulas

    private const double Convex = 1e-6; // both iterate, to 1e-6 of depth

    private static readonly Lazy<JsonElement> Oracle = new(Run);

    [TestCase("plane-sphere")]
    [TestCase("plane-capsule")]
    [TestCase("plane-ellipsoid")]
    [TestCase("plane-cylinder")]
    [TestCase("plane-box")]
    [TestCase("sphere-sphere")]
    [TestCase("sphere-capsule")]
    [TestCase("sphere-cylinder")]
    [TestCase("sphere-box")]
    [TestCase("capsule-capsule")]
    [TestCase("capsule-box")]
    [TestCase("box-box")]
    public void Contacts_of_simple_shapes_are_those_of_MuJoCo(string name) =>
        Compare(name, Exact);

    [TestCase("sphere-ellipsoid")]
    [TestCase("capsule-ellipsoid")]
    [TestCase("capsule-cylinder")]
    [TestCase("ellipsoid-ellipsoid")]
    [TestCase("ellipsoid-cylinder")]
    [TestCase("ellipsoid-box")]
    [TestCase("sphere-mesh")]
    [TestCase("capsule-mesh")]
    [TestCase("ellipsoid-mesh")]
    [TestCase("hfield-sphere")]
    [TestCase("hfield-capsule")]
    [TestCase("hfield-ellipsoid")]
    [TestCase("hfield-cylinder")]
    public void Contacts_of_convex_shapes_are_those_of_MuJoCo(string name) =>
        Compare(name, Convex, faultMax: 1);

    // Where an axis lies along a face, the place of a contact on it is free, and 1e-9 may not show
    // it.
    private static void Compare(string name, double tolerance, int faultMax = 0)
    {
        double worst = 0;
        int total = 0;
        int ties = 0;
        var faults = new List<string>();
        foreach (JsonElement json in Oracle.Value.GetProperty(name).EnumerateArray())
        {
            var pair = new OraclePair(name, json);
            var env = new CollisionEnv<F64>(pair.Model);
            foreach (OracleCase one in pair.Cases)
            {
                double[][] found = Collide(env, one);
                if (!one.IsStable)
                {
                    ties++;
                    continue;
                }

                total += one.Contacts.Length;
                if (found.Length != one.Contacts.Length)
                {
                    faults.Add($"kind {one.Kind}: {one.Contacts.Length} contacts, found "
                        + $"{found.Length}; wanted {Text(one.Contacts)} found {Text(found)}");
                    continue;
                }

                double error = Difference(one.Contacts, found);
                worst = Math.Max(worst, error);
                if (!(error <= tolerance))
                {
                    faults.Add($"kind {one.Kind}: differ by {error:g3}; wanted "
                        + $"{Text(one.Contacts)} found {Text(found)}");
                }
            }
        }

        TestContext.Out.WriteLine(
            $"{name}: {total} contacts, largest difference {worst:g3}; {ties} poses left out, "
            + "where features tie and MuJoCo itself answers otherwise at most 1e-9 beside it");
        Assert.That(
            faults, Has.Count.LessThanOrEqualTo(faultMax), string.Join('\n', faults));
        Assert.That(total, Is.GreaterThan(80));
    }

    private static string Text(double[][] contacts) =>
        string.Join(" | ", contacts.Select(c => string.Join(' ', c.Select(x => $"{x:g6}"))));

    // Each wanted contact with the nearest one found that is left: order is not compared, as ties
    // of
    // rounding decide it in aligned poses.
    private static double Difference(double[][] wanted, double[][] found)
    {
        var left = found.ToList();
        double worst = 0;
        foreach (double[] one in wanted)
        {
            double[] nearest = left.MinBy(other => Error(one, other))!;
            worst = Math.Max(worst, Error(one, nearest));
            left.Remove(nearest);
        }

        return worst;
    }

    private static double Error(double[] wanted, double[] found)
    {
        double worst = 0;
        for (int k = 0; k < wanted.Length; k++)
        {
            double error = Math.Abs(wanted[k] - found[k]);
            worst = double.IsNaN(error) ? double.PositiveInfinity : Math.Max(worst, error);
        }

        return worst;
    }

    private static double[][] Collide(CollisionEnv<F64> env, OracleCase one)
    {
        env.Place(1, one.Place.AsSpan(0, 3), one.Turn.AsSpan(0, 9), 0);
        env.Place(2, one.Place.AsSpan(3, 3), one.Turn.AsSpan(9, 9), 0);
        env.Collide();
        double[][] found = new double[env.Count][];
        for (int c = 0; c < found.Length; c++)
        {
            found[c] = new double[13];
            found[c][0] = Read(env, c, ContactSlots.Distance);
            for (int k = 0; k < 3; k++)
            {
                double first = Read(env, c, ContactSlots.PositionFirst + k) + one.Place[k];
                double second = Read(env, c, ContactSlots.PositionSecond + k) + one.Place[3 + k];
                Assert.That(second, Is.EqualTo(first).Within(1e-12));
                found[c][1 + k] = first;
            }

            for (int k = 0; k < 9; k++)
            {
                found[c][4 + k] = Read(env, c, ContactSlots.Frame + k);
            }
        }

        return found;
    }

    private static double Read(CollisionEnv<F64> env, int contact, int slot)
    {
        F64 value = env.Get(contact, slot, 0);
        return Unsafe.As<F64, double>(ref value);
    }

    private static JsonElement Run()
    {
        string folder = Directory.CreateTempSubdirectory("hilrig-contacts-").FullName;
        string file = Path.Combine(folder, "contacts.json");
        try
        {
            FixtureScript.RunScript("collide.mjs", file);
            return JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
