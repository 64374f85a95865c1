using HilRig.Core.Errors;
using HilRig.Tasks.Policies;

namespace HilRig.Learning.Onnx;

/// <summary>
/// Whether a written graph says what its networks say, in every output, over many states.
/// </summary>
internal static class ParityGate
{
    /// <summary>Largest difference allowed: actions and values are of the order of 1.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>States that an export compares.</summary>
    public const int StateCount = 1000;

    /// <summary>Compares, and refuses a graph that differs.</summary>
    /// <param name="graph">The ONNX file.</param>
    /// <param name="reference">The networks.</param>
    /// <param name="states">Raw. Shape [state, observation · history].</param>
    /// <param name="stateCount">Number of states.</param>
    /// <param name="networks">What the graph was written from.</param>
    /// <returns>The largest difference.</returns>
    /// <exception cref="RigException">It differs.</exception>
    public static PolicyParity Require(
        ReadOnlySpan<byte> graph,
        IPolicyReference reference,
        ReadOnlySpan<float> states,
        int stateCount,
        HybridNetworks networks)
    {
        using var session = new HybridSession(graph, stateCount);
        states.CopyTo(session.Observations);
        session.Run();
        var expected = new HybridOutputs(stateCount, session.Outputs.ActionCount);
        reference.Evaluate(states, expected);
        (string output, double difference) = Compare(session.Outputs, expected, networks);
        return difference < Tolerance
            ? new PolicyParity(stateCount, difference)
            : throw new RigException(
                "The graph does not say what the networks say",
                output,
                FormattableString.Invariant($"a difference below {Tolerance}"),
                FormattableString.Invariant($"{difference:g3} over {stateCount} states"),
                "nothing was exported: report this with the run's folder");
    }

    /// <summary>
    /// The output that differs most. Where both proposals are worth the same to within the
    /// tolerance either is right, so there neither the choice nor what follows from it is compared.
    /// </summary>
    private static (string Output, double Difference) Compare(
        HybridOutputs found, HybridOutputs expected, HybridNetworks networks)
    {
        var worst = new Worst();
        worst.Take(
            PolicyTensors.ReinforcementAction,
            found.ReinforcementAction,
            expected.ReinforcementAction);
        worst.Take(
            PolicyTensors.ImitationAction, found.ImitationAction, expected.ImitationAction);
        worst.Take(
            PolicyTensors.ReinforcementValue,
            found.ReinforcementValue,
            expected.ReinforcementValue);
        worst.Take(PolicyTensors.ImitationValue, found.ImitationValue, expected.ImitationValue);
        bool chooses = networks.Proposals == PolicyProposals.ActorAndImitation;
        for (int row = 0; row < found.RowCount; row++)
        {
            double gap = expected.ReinforcementValue[row]
                - expected.ImitationValue[row] - networks.SelectionMargin;
            if (chooses && Math.Abs(gap) < Tolerance)
            {
                continue;
            }

            Range actions = (row * found.ActionCount)..((row + 1) * found.ActionCount);
            worst.Take(PolicyTensors.Action, found.Action[actions], expected.Action[actions]);
            worst.Take(
                PolicyTensors.Spread, [found.Spread[row]], [expected.Spread[row]]);
        }

        return (worst.Output, worst.Difference);
    }

    private sealed class Worst
    {
        public string Output { get; private set; } = "none";

        public double Difference { get; private set; }

        public void Take(
            string output, ReadOnlySpan<float> found, ReadOnlySpan<float> expected)
        {
            for (int i = 0; i < found.Length; i++)
            {
                double difference = Math.Abs((double)found[i] - expected[i]);
                if (!(difference <= Difference))
                {
                    Output = output;
                    Difference = double.IsNaN(difference) ? double.PositiveInfinity : difference;
                }
            }
        }
    }
}
