using HilRig.Core.Errors;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Parity;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Mjcf;

/// <summary>
/// Broken and absurd models: each ends in a named error or in a model that steps to a status, in
/// bounded time. Nothing else is thrown and no number is silently not finite.
/// </summary>
internal sealed class HostileInputTests
{
    private const int MutationsPerModel = 12;

    private static readonly string[] BadValues =
    [
        "nan", "inf", "-inf", "1e308", "-1", "0", "1e-320", "", " ", "x", "0 0 0 0 0 0 0 0 0",
        "1e400", "-0", "99999999999", "true", "..", "\u0661",
    ];

    private static IEnumerable<string> Names => FixtureSet.Names;

    private static IEnumerable<TestCaseData> Giants =>
    [
        Case("depth", Nested(2000), "deep"),
        Case("bodies", Many(20_000, "<body><joint/><geom size='1'/></body>"), "bodies"),
        Case("dofs", Many(3000, "<body><freejoint/><geom size='1'/></body>"), "degrees of freedom"),
        Case(
            "mass",
            Many(1, "<body><joint/><geom size='1e200' density='1e200'/></body>"),
            "inertia"),
        Case("no mass", Many(1, "<body><joint/><geom size='1' density='0'/></body>"), "mass"),
        Case("zero mass", Many(1, "<body><joint/><geom size='1' mass='0'/></body>"), "mass"),
        Case(
            "timestep",
            "<mujoco><option timestep='1e400'/><worldbody><body><joint/><geom size='1'/></body>"
                + "</worldbody></mujoco>",
            "timestep"),
    ];

    [TestCaseSource(nameof(Giants))]
    [CancelAfter(20_000)]
    public void A_giant_or_empty_model_is_refused_by_name(string text, string what)
    {
        using var file = new ModelFile(text);
        var fault = Assert.Throws<ModelException>(() => file.Load());
        Assert.That(fault!.Message, Does.Contain(what));
        Assert.That(fault.Where, Does.StartWith(file.Path));
    }

    [TestCaseSource(nameof(Names))]
    [CancelAfter(60_000)]
    public void A_model_with_one_thing_broken_ends_in_a_named_error_or_a_status(string name)
    {
        _ = FixtureSet.Load(name);
        string text = File.ReadAllText(FixtureSet.PathOf(name));
        var random = new Random(20260101 + name.Length);
        for (int i = 0; i < MutationsPerModel; i++)
        {
            string broken = ModelMutation.Apply(text, random, BadValues);
            using var file = new ModelFile(broken);
            try
            {
                Run(file.Load(), broken);
            }
            catch (ModelException fault)
            {
                Assert.That(fault.Where, Does.StartWith(Path.GetDirectoryName(file.Path)!));
            }
        }
    }

    [Test]
    public void A_quaternion_that_is_no_unit_counts_as_its_direction()
    {
        Model model = FixtureSet.Load("joints");
        ParityState state = FixtureSet.Fixture("joints").States[0];
        var plain = new Subject(model);
        plain.Load(state.Start);
        plain.Forward();
        var scaled = new Subject(model);
        scaled.Load(state.Start);
        for (int i = 3; i < 7; i++)
        {
            scaled.Simulation.Position[i] *= 3;
        }

        scaled.Forward();
        Assert.That(
            Distance.Relative(scaled.Simulation.Acceleration, plain.Simulation.Acceleration),
            Is.LessThan(1e-12));
    }

    [TestCase("joints", double.NaN)]
    [TestCase("joints", double.PositiveInfinity)]
    [TestCase("limits", double.NaN)]
    [TestCase("arm7", double.NaN)]
    public void A_state_that_is_not_finite_ends_in_its_status(string name, double value)
    {
        var simulation = new Simulation(FixtureSet.Load(name));
        simulation.Velocity[1] = value;
        Assert.That(simulation.Step(), Is.EqualTo(StepStatus.NotFinite));
    }

    [TestCase("joints")]
    [TestCase("limits")]
    [TestCase("quadruped")]
    [CancelAfter(20_000)]
    public void An_exploding_state_ends_in_a_status(string name)
    {
        var simulation = new Simulation(FixtureSet.Load(name));
        simulation.Velocity.Fill(1e200);
        StepStatus status = StepStatus.Ok;
        for (int step = 0; step < 20 && status == StepStatus.Ok; step++)
        {
            status = simulation.Step();
        }

        Assert.That(status, Is.Not.EqualTo(StepStatus.Ok));
    }

    private static void Run(Model model, string text)
    {
        var simulation = new Simulation(model);
        for (int step = 0; step < 3; step++)
        {
            if (simulation.Step() != StepStatus.Ok)
            {
                return;
            }
        }

        Assert.That(simulation.Position.ToArray().All(double.IsFinite), text);
        Assert.That(simulation.Velocity.ToArray().All(double.IsFinite), text);
        Assert.That(simulation.Acceleration.ToArray().All(double.IsFinite), text);
    }

    private static TestCaseData Case(string name, string text, string what) =>
        new TestCaseData(text, what).SetArgDisplayNames(name, what);

    private static string Nested(int depth) => "<mujoco><worldbody>"
        + string.Concat(Enumerable.Repeat("<body><joint/><geom size='1'/>", depth))
        + string.Concat(Enumerable.Repeat("</body>", depth)) + "</worldbody></mujoco>";

    private static string Many(int count, string body) =>
        $"<mujoco><worldbody>{string.Concat(Enumerable.Repeat(body, count))}</worldbody></mujoco>";
}
