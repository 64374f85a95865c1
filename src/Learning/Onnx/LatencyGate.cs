using System.Diagnostics;
using HilRig.Core.Errors;
using HilRig.Tasks.Policies;

namespace HilRig.Learning.Onnx;

/// <summary>
/// Whether a policy answers fast enough: the 99th percentile of a call at one row must be below a
/// tenth of the period. Other programs can only make a call slower, so of several rounds the
/// quietest counts.
/// </summary>
internal static class LatencyGate
{
    /// <summary>Part of the period that the 99th percentile may take.</summary>
    public const double PeriodFraction = 0.1;

    private const int RoundCount = 5;
    private const int CallsPerRound = 1000;
    private const int WarmUpCalls = 200;

    /// <summary>Measures a policy.</summary>
    /// <param name="policy">The policy.</param>
    public static LatencyFigures Measure(TaskPolicyFile policy)
    {
        using var session = new HybridSession(policy.Graph.Span, rowCount: 1);
        int channels = policy.Manifest.Observation.Count;
        for (int i = 0; i < session.Observations.Length; i++)
        {
            session.Observations[i] = (float)policy.Manifest.Observation[i % channels].Offset;
        }

        for (int i = 0; i < WarmUpCalls; i++)
        {
            session.Run();
        }

        long[] spent = new long[CallsPerRound];
        var best = new LatencyFigures(double.PositiveInfinity, double.PositiveInfinity, 0);
        long allocated = 0;
        for (int round = 0; round < RoundCount; round++)
        {
            allocated -= GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < CallsPerRound; i++)
            {
                long start = Stopwatch.GetTimestamp();
                session.Run();
                spent[i] = Stopwatch.GetTimestamp() - start;
            }

            allocated += GC.GetAllocatedBytesForCurrentThread();
            spent.AsSpan().Sort();
            double p99 = Microseconds(spent[CallsPerRound * 99 / 100]);
            if (p99 < best.P99Microseconds)
            {
                best = new(Microseconds(spent[CallsPerRound / 2]), p99, 0);
            }
        }

        return best with { BytesPerCall = (double)allocated / (RoundCount * CallsPerRound) };
    }

    /// <summary>What the 99th percentile of a call must stay below, µs.</summary>
    /// <param name="policy">The policy.</param>
    public static double Budget(TaskPolicyFile policy) =>
        policy.Manifest.PeriodSeconds * PeriodFraction * 1e6;

    /// <summary>Refuses a policy that is too slow.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="figures">What was measured.</param>
    /// <exception cref="RigException">It is too slow.</exception>
    public static void Require(TaskPolicyFile policy, LatencyFigures figures)
    {
        double budget = Budget(policy);
        if (!(figures.P99Microseconds < budget))
        {
            throw new RigException(
                "The policy answers too slowly for its period",
                policy.Where,
                FormattableString.Invariant($"p99 below {budget:0} µs, a tenth of the period"),
                FormattableString.Invariant($"{figures.P99Microseconds:0} µs"),
                "smaller networks, or a quieter machine");
        }
    }

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
