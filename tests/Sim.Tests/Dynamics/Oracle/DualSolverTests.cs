using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Oracle;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Parity;

namespace HilRig.Sim.Tests.Dynamics.Oracle;

/// <summary>
/// Newton on accelerations and projected Gauss-Seidel on forces have nothing in common but the
/// rows; they must meet at the one minimum.
/// </summary>
internal sealed class DualSolverTests
{
    // What both methods promise; sweeps stop at a thousandth of it.
    private const double Gate = 1e-6;
    private const int StateCount = 12;

    [TestCase("limits")]
    [TestCase("equality")]
    [TestCase("tendons")]
    [TestCase("condim-pyramidal")]
    [TestCase("condim-elliptic")]
    [TestCase("arm-box")]
    [TestCase("quadruped")]
    [CancelAfter(60_000)]
    public void Newton_and_gauss_seidel_meet(string name)
    {
        Model model = FixtureSet.Load(name);
        var subject = new Subject(model);
        double worst = 0;
        int withRows = 0;
        foreach (ParityState state in FixtureSet.Fixture(name).States.Take(StateCount))
        {
            subject.Load(state.Start);
            subject.Forward();
            DualBlock[] blocks = Blocks(subject.Simulation);
            withRows += blocks.Length > 0 ? 1 : 0;
            var solver = new DualSolver(
                subject.MassMatrix, state.SmoothAcceleration, blocks);
            Assert.That(solver.Run(1e-3 * Gate, 20_000), Is.True, "sweeps");
            worst = Math.Max(
                worst, Distance.Relative(subject.Simulation.Acceleration, solver.Acceleration));
        }

        TestContext.Out.WriteLine($"{name}: {worst:E1} in {withRows} states");
        Assert.That(withRows, Is.GreaterThan(0));
        Assert.That(worst, Is.LessThan(Gate));
    }

    private static DualBlock[] Blocks(Simulation simulation)
    {
        ParityRow[] rows = SubjectRows.Read(simulation);
        ParityContact[] contacts = SubjectContacts.Read(simulation);
        var blocks = new List<DualBlock>();
        for (int i = 0; i < rows.Length;)
        {
            bool isCone = rows[i].Kind == ParityRowKind.EllipticContact;
            int size = isCone ? contacts[rows[i].Id].Dimension : 1;
            ParityRow[] own = rows[i..(i + size)];
            blocks.Add(new(
                Shape(rows[i].Kind),
                [.. own.Select(row => row.Jacobian)],
                [.. own.Select(row => 1 / row.Weight)],
                [.. own.Select(row => row.Reference)],
                isCone ? contacts[rows[i].Id].Friction[..(size - 1)] : [rows[i].FrictionLoss]));
            i += size;
        }

        return [.. blocks];
    }

    private static CostShape Shape(ParityRowKind kind) => kind switch
    {
        ParityRowKind.Equality => CostShape.Quadratic,
        ParityRowKind.DofFriction or ParityRowKind.TendonFriction => CostShape.Huber,
        ParityRowKind.EllipticContact => CostShape.Cone,
        _ => CostShape.OneSided,
    };
}
