using HilRig.Sim.Tests.Parity;

namespace HilRig.Sim.Tests.Oracle;

/// <summary>
/// MuJoCo 2.2.2 on the states of the fixtures, where its semantics are those of 3.14: it agrees
/// with the WebAssembly build that made the fixtures, and the simulator agrees with it.
/// </summary>
internal sealed class SecondOpinionTests
{
    // The older one stops its search for principal axes at 1e-10 or so; the rest is round-off.
    private const double SmoothLimit = 1e-9;
    private const double RowLimit = 1e-9;
    private const double AccelerationLimit = 1e-6;

    // Pairs of shapes whose contact the two find by the same closed formula. The others go through
    // a general convex search, or changed since (box on box in 3.12).
    private static readonly HashSet<(string, string)> SameCollision =
    [
        ("plane", "sphere"), ("plane", "capsule"), ("plane", "ellipsoid"), ("plane", "cylinder"),
        ("plane", "box"), ("sphere", "sphere"), ("sphere", "capsule"), ("sphere", "box"),
        ("capsule", "capsule"), ("capsule", "box"),
    ];

    // With the least number of states, of 200, whose rows and solution are compared.
    [TestCase("two-link", 200)]
    [TestCase("joints", 200)]
    [TestCase("cart-pole", 200)]
    [TestCase("soft", 200)]
    [TestCase("limits", 200)]
    [TestCase("condim-pyramidal", 190)]
    [TestCase("condim-elliptic", 190)]
    [TestCase("smooth-contact", 200)]
    [TestCase("quadruped", 190)]
    [TestCase("hand", 150)]
    [TestCase("pairs-sphere", 120)]
    [TestCase("pairs-capsule", 120)]
    [TestCase("pairs-ellipsoid", 30)]
    [TestCase("pairs-cylinder", 30)]
    [TestCase("pairs-box", 90)]
    [CancelAfter(120_000)]
    public void An_older_mujoco_agrees(string name, int leastStates)
    {
        ParityFixture fixture = FixtureSet.Fixture(name);
        List<ParityState> older = Evaluate(name, fixture);
        var smooth = new Errors();
        var rows = new Errors();
        var solution = new Errors();
        int compared = 0;
        foreach ((ParityState newer, ParityState old) in fixture.States.Zip(older))
        {
            smooth.Add("M", Distance.Relative(old.MassMatrix, newer.MassMatrix));
            smooth.Add("bias", Distance.Relative(old.Bias, newer.Bias));
            smooth.Add("force", Distance.Relative(old.ActuatorForce, newer.ActuatorForce));
            smooth.Add(
                "qacc_smooth", Distance.Relative(old.SmoothAcceleration, newer.SmoothAcceleration));
            if (fixture.IsWithin(newer, SameCollision) && fixture.IsWithin(old, SameCollision))
            {
                compared++;
                CompareRows(rows, newer, old);
                solution.Add("qacc", Distance.Relative(old.Acceleration, newer.Acceleration));
            }
        }

        TestContext.Out.WriteLine(
            $"| {name} | {compared} of {older.Count} | {smooth} | {rows} | {solution}");
        Assert.That(compared * 200, Is.GreaterThanOrEqualTo(leastStates * older.Count));
        Assert.Multiple(() =>
        {
            smooth.ShouldBeBelow(SmoothLimit);
            rows.ShouldBeBelow(RowLimit);
            solution.ShouldBeBelow(AccelerationLimit);
        });
    }

    [TestCase("two-link")]
    [TestCase("joints")]
    [TestCase("cart-pole")]
    [TestCase("soft")]
    [TestCase("limits")]
    [TestCase("condim-pyramidal")]
    [TestCase("condim-elliptic")]
    [TestCase("smooth-contact")]
    [TestCase("quadruped")]
    [TestCase("hand")]
    [TestCase("pairs-sphere")]
    [TestCase("pairs-capsule")]
    [CancelAfter(120_000)]
    public void The_simulator_agrees_with_an_older_mujoco(string name)
    {
        ParityFixture fixture = FixtureSet.Fixture(name);
        var subject = new Subject(FixtureSet.Load(name));
        var errors = new Errors();
        foreach (ParityState state in Evaluate(name, fixture)
            .Where(state => fixture.IsWithin(state, SameCollision)))
        {
            subject.Load(state.Start);
            subject.Forward();
            errors.Add("M", Distance.Relative(subject.MassMatrix, state.MassMatrix));
            errors.Add("bias", Distance.Relative(subject.Simulation.Bias, state.Bias));
            errors.Add(
                "qacc", Distance.Relative(subject.Simulation.Acceleration, state.Acceleration));
        }

        TestContext.Out.WriteLine($"| {name} | {errors}");
        errors.ShouldBeBelow(AccelerationLimit);
    }

    private static List<ParityState> Evaluate(string name, ParityFixture fixture)
    {
        string folder = Directory.CreateTempSubdirectory("hilrig-older-").FullName;
        try
        {
            string file = OlderModel.Write(
                folder, FixtureSet.PathOf(name), () => FixtureSet.Load(name));
            return OlderMujoco.Evaluate(folder, file, fixture);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void CompareRows(Errors errors, ParityState newer, ParityState old)
    {
        Assert.That(old.Rows, Has.Length.EqualTo(newer.Rows.Length), "number of rows");
        for (int i = 0; i < newer.Rows.Length; i++)
        {
            ParityRow a = newer.Rows[i];
            ParityRow b = old.Rows[i];
            Assert.That((b.Kind, b.Id), Is.EqualTo((a.Kind, a.Id)));
            errors.Add("J", Distance.Relative(b.Jacobian, a.Jacobian));
            errors.Add("D", Distance.Relative([b.Weight], [a.Weight]));
        }

        errors.Add("aref", Distance.Relative(
            [.. old.Rows.Select(row => row.Reference)],
            [.. newer.Rows.Select(row => row.Reference)]));
    }
}
