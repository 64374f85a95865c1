using CsCheck;
using HilRig.Sim.Gradients;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Tests.Gradients;

/// <summary>
/// The same function by duals, by a graph forwards and backwards, and by central differences.
/// </summary>
internal sealed class GraphTests
{
    // Central differences with a step of 1e-6 are good to about 1e-9 of a number of size 1.
    private const double DifferenceTolerance = 1e-7;
    private const double Step = 1e-6;

    // On a grid whose offsets keep every kink of the function more than 0.001 away.
    private static readonly double[] Offsets = [0.0013, 0.0036, 0.0051, 0.0077];

    private static readonly Gen<double[]> Points = Gen.Int[-170, 170]
        .Array[ProbeFunction.InputCount]
        .Select(grid => grid.Select((i, k) => (0.01 * i) + Offsets[k]).ToArray());

    [Test]
    public void A_dual_carries_the_derivative_and_the_plain_value() =>
        Points.Sample(point =>
        {
            for (int input = 0; input < ProbeFunction.InputCount; input++)
            {
                Dual<F64>[] duals = ProbeFunction.Of<Dual<F64>>(Seeded(point, input));
                double[] plain = Plain(point);
                double[] slopes = Difference(point, input);
                for (int output = 0; output < ProbeFunction.OutputCount; output++)
                {
                    Assert.That(Number(duals[output].Value), Is.EqualTo(plain[output]));
                    Assert.That(
                        Number(duals[output].Tangent),
                        Is.EqualTo(slopes[output]).Within(DifferenceTolerance * Scale(slopes)));
                }
            }
        });

    [Test]
    public void A_graph_gives_value_and_gradient_where_its_guards_hold() =>
        Gen.Select(Points, Points).Sample((made, used) =>
        {
            var evaluator = new GraphEvaluator<F64>(Trace(made));
            Load(evaluator, used);
            if (Number(evaluator.Forward()) > 0)
            {
                // Another path: a graph made there must hold.
                evaluator = new GraphEvaluator<F64>(Trace(used));
                Load(evaluator, used);
                Assert.That(Number(evaluator.Forward()), Is.Zero);
            }

            double[] plain = Plain(used);
            for (int output = 0; output < ProbeFunction.OutputCount; output++)
            {
                Assert.That(
                    Number(evaluator.Output(output)), Is.EqualTo(plain[output]).Within(1e-14));
                evaluator.ClearAdjoints();
                evaluator.Seed(output, F64.Of(1));
                evaluator.Backward();
                for (int input = 0; input < ProbeFunction.InputCount; input++)
                {
                    Dual<F64> dual = ProbeFunction.Of<Dual<F64>>(Seeded(used, input))[output];
                    double expected = Number(dual.Tangent);
                    Assert.That(
                        Number(evaluator.InputAdjoints[input]),
                        Is.EqualTo(expected).Within(1e-13 * Math.Max(1, Math.Abs(expected))));
                }
            }
        });

    [Test]
    public void Guards_say_where_a_graph_does_not_apply()
    {
        var evaluator = new GraphEvaluator<F64>(Trace([0.1, 0.2, 0.3, 0.1]));
        Load(evaluator, [0.1, 0.2, 0.3, 1.5]);
        Assert.That(Number(evaluator.Forward()), Is.GreaterThan(0));
    }

    [Test]
    public void Known_numbers_and_operations_that_do_nothing_leave_no_node()
    {
        using var recorder = new GraphRecorder();
        int input = recorder.Input();
        var x = new Symbol(input, 2);
        int before = recorder.Count;
        Symbol same = ((x * Symbol.Of(1)) + Symbol.Of(0)) - (x - x);
        Symbol sum = x + same;
        Symbol twice = same + x;
        Assert.That(same.Node, Is.EqualTo(input));
        Assert.That(twice.Node, Is.EqualTo(sum.Node));
        Graph graph = recorder.Build([input], [sum.Node]);
        Assert.That(graph.Nodes, Has.Length.EqualTo(1));
        Assert.That(before, Is.GreaterThan(0));
    }

    private static Graph Trace(double[] point)
    {
        using var recorder = new GraphRecorder();
        int[] inputs = [.. point.Select(_ => recorder.Input())];
        Symbol[] symbols = [.. point.Select((value, i) => new Symbol(inputs[i], value))];
        Symbol[] outputs = ProbeFunction.Of<Symbol>(symbols);
        return recorder.Build(inputs, [.. outputs.Select(symbol => symbol.Node)]);
    }

    private static void Load(GraphEvaluator<F64> evaluator, double[] point)
    {
        for (int i = 0; i < point.Length; i++)
        {
            evaluator.Inputs[i] = F64.Of(point[i]);
        }
    }

    private static Dual<F64>[] Seeded(double[] point, int input) =>
    [
        .. point.Select((value, i) =>
            new Dual<F64>(F64.Of(value), F64.Of(i == input ? 1 : 0))),
    ];

    private static double[] Plain(double[] point)
    {
        F64[] numbers = [.. point.Select(F64.Of)];
        return [.. ProbeFunction.Of<F64>(numbers).Select(Number)];
    }

    private static double[] Difference(double[] point, int input)
    {
        double[] high = [.. point];
        double[] low = [.. point];
        high[input] += Step;
        low[input] -= Step;
        return [.. Plain(high).Zip(Plain(low), (a, b) => (a - b) / (2 * Step))];
    }

    private static double Scale(double[] numbers) => Math.Max(1, numbers.Max(Math.Abs));

    private static unsafe double Number(F64 value) => *(double*)&value;
}
