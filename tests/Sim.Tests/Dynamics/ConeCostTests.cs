using HilRig.Sim.Dynamics;
using HilRig.Sim.Tests.Parity;
using Cones = HilRig.Sim.Dynamics.Kernels.ConePhases<
    HilRig.Sim.Scalars.F64,
    HilRig.Sim.Memory.PointerWorkMem<HilRig.Sim.Scalars.F64>,
    HilRig.Sim.Memory.PointerMem<HilRig.Sim.Scalars.F64>,
    HilRig.Sim.Memory.PointerIndexMem>;
using List = HilRig.Sim.Dynamics.Kernels.BlockPhases<
    HilRig.Sim.Scalars.F64,
    HilRig.Sim.Memory.PointerWorkMem<HilRig.Sim.Scalars.F64>,
    HilRig.Sim.Memory.PointerMem<HilRig.Sim.Scalars.F64>,
    HilRig.Sim.Memory.PointerIndexMem>;
using Pyramids = HilRig.Sim.Dynamics.Kernels.PyramidPhases<
    HilRig.Sim.Scalars.F64,
    HilRig.Sim.Memory.PointerWorkMem<HilRig.Sim.Scalars.F64>,
    HilRig.Sim.Memory.PointerMem<HilRig.Sim.Scalars.F64>,
    HilRig.Sim.Memory.PointerIndexMem>;

namespace HilRig.Sim.Tests.Dynamics;

/// <summary>
/// Costs of contacts in every zone: the Hessian is the derivative of the force, and the slope that
/// the line search sees is that of the force.
/// </summary>
internal sealed class ConeCostTests
{
    private const double Step = 1e-6;

    [TestCase("condim-pyramidal")]
    [TestCase("condim-elliptic")]
    public void The_hessian_is_the_derivative_of_the_force(string name)
    {
        var random = new Random(5);
        var pieces = new HashSet<double>();
        Simulation simulation = WithContacts(name);
        for (int draw = 0; draw < 200; draw++)
        {
            foreach (Block block in Contacts(simulation))
            {
                Randomize(simulation, block, random);
                Evaluate(simulation);
                double[] hessian = Square(simulation, block);
                double piece = simulation.Work[block.State];
                if (!Differentiate(simulation, block, piece, out double[] derivative))
                {
                    continue; // Across an edge there is no derivative.
                }

                pieces.Add(piece);
                double scale = simulation.Work[block.Weight];
                Assert.That(
                    hessian, Is.EqualTo(derivative).Within(1e-5 * scale), $"piece {piece}");
            }
        }

        Assert.That(pieces, Has.Count.GreaterThanOrEqualTo(3));
    }

    [TestCase("condim-pyramidal")]
    [TestCase("condim-elliptic")]
    public void The_line_search_sees_the_slope_and_curvature_of_the_cost(string name)
    {
        var random = new Random(6);
        Simulation simulation = WithContacts(name);
        ConstraintLayout at = simulation.Memory.At.Constraints;
        for (int draw = 0; draw < 100; draw++)
        {
            double slope = 0;
            double curvature = 0;
            foreach (Block block in Contacts(simulation))
            {
                Randomize(simulation, block, random);
            }

            Evaluate(simulation);
            foreach (Block block in Contacts(simulation))
            {
                double[] hessian = Square(simulation, block);
                for (int i = 0; i < block.Dimension; i++)
                {
                    double along = (2 * random.NextDouble()) - 1;
                    simulation.Work[block.Along + i] = along;
                    slope -= simulation.Work[block.Force + i] * along;
                    for (int j = 0; j < i; j++)
                    {
                        double other = simulation.Work[block.Along + j];
                        curvature +=
                            2 * hessian[(i * block.Dimension) + j] * along * other;
                    }

                    curvature += hessian[(i * block.Dimension) + i] * along * along;
                }
            }

            simulation.Work[at.Length] = 0;
            simulation.Work[at.Slope] = 0;
            simulation.Work[at.SlopeCurvature] = 0;
            Pyramids.AddSlopes(simulation.Memory);
            Cones.AddSlopes(simulation.Memory);
            Assert.That(
                simulation.Work[at.Slope], Is.EqualTo(slope).Within(1e-9 * Math.Abs(slope)));
            Assert.That(
                simulation.Work[at.SlopeCurvature],
                Is.EqualTo(curvature).Within(1e-9 * Math.Abs(curvature)));
        }
    }

    private static Simulation WithContacts(string name)
    {
        var subject = new Subject(FixtureSet.Load(name));
        ParityState state = FixtureSet.Fixture(name).States.MaxBy(each => each.Contacts.Length)!;
        subject.Load(state.Start);
        subject.Forward();
        Assert.That(Contacts(subject.Simulation).Count(), Is.GreaterThan(1));
        return subject.Simulation;
    }

    private static IEnumerable<Block> Contacts(Simulation simulation)
    {
        for (int i = 0; i < List.Count(simulation.Memory); i++)
        {
            Block block = List.Read(simulation.Memory, i);
            if (block.Shape >= (int)CostShape.Pyramid && simulation.Work[block.Weight] > 0)
            {
                yield return block;
            }
        }
    }

    private static void Randomize(Simulation simulation, Block block, Random random)
    {
        for (int i = 0; i < block.Dimension; i++)
        {
            // Rows of torsion and rolling have small friction: larger residuals matter there.
            double scale = i == 0 ? 1 : 0.7 / simulation.Constants[block.Parameters + i - 1];
            simulation.Work[block.Residual + i] = scale * ((2 * random.NextDouble()) - 1);
        }
    }

    private static void Evaluate(Simulation simulation)
    {
        Pyramids.Evaluate(simulation.Memory);
        Cones.Evaluate(simulation.Memory);
    }

    private static bool Differentiate(
        Simulation simulation, Block block, double piece, out double[] derivative)
    {
        int n = block.Dimension;
        derivative = new double[n * n];
        for (int j = 0; j < n; j++)
        {
            double[] high = Forces(simulation, block, j, Step, out double highPiece);
            double[] low = Forces(simulation, block, j, -Step, out double lowPiece);
            if (highPiece != piece || lowPiece != piece)
            {
                return false;
            }

            for (int i = 0; i < n; i++)
            {
                derivative[(i * n) + j] = (low[i] - high[i]) / (2 * Step);
            }
        }

        return true;
    }

    private static double[] Forces(
        Simulation simulation, Block block, int row, double change, out double piece)
    {
        double before = simulation.Work[block.Residual + row];
        simulation.Work[block.Residual + row] = before + change;
        Evaluate(simulation);
        simulation.Work[block.Residual + row] = before;
        piece = simulation.Work[block.State];
        return simulation.Work.Slice(block.Force, block.Dimension).ToArray();
    }

    private static double[] Square(Simulation simulation, Block block)
    {
        int n = block.Dimension;
        var full = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double entry = simulation.Work[block.Curvature + (i * (i + 1) / 2) + j];
                full[(i * n) + j] = entry;
                full[(j * n) + i] = entry;
            }
        }

        return full;
    }
}
