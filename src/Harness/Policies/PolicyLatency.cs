using System.Diagnostics;
using HilRig.Core.Errors;
using HilRig.Harness.Policies.RealTime;
using HilRig.Tasks;

namespace HilRig.Harness.Policies;

/// <summary>
/// What a call of a policy takes where it is to act, held against a tenth of the task's period.
/// Other programs can only make a call slower, so of several rounds the quietest counts.
/// </summary>
/// <param name="MedianMicroseconds">Median of a call, µs.</param>
/// <param name="P99Microseconds">99th percentile, µs.</param>
/// <param name="BudgetMicroseconds">What that percentile must stay below, µs.</param>
public sealed record PolicyLatency(
    double MedianMicroseconds, double P99Microseconds, double BudgetMicroseconds)
{
    /// <summary>Part of the period that the 99th percentile may take.</summary>
    public const double PeriodFraction = 0.1;

    private const int RoundsMax = 5;
    private const int CallsPerRound = 300;

    /// <summary>Whether the policy is fast enough.</summary>
    public bool IsWithin => P99Microseconds < BudgetMicroseconds;

    /// <summary>
    /// Measures a policy that does not act now: a round of 300 calls, up to five more while none
    /// was fast enough. Its next episode must begin anew.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <param name="task">The task that it is to do.</param>
    public static PolicyLatency Measure(HybridPolicy policy, TaskDescription task)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(task);
        float[] observation =
            [.. policy.Manifest.Observation.Select(channel => (float)channel.Offset)];
        float[] action = new float[policy.Manifest.Action.Count];
        double budget = task.PeriodSeconds * PeriodFraction * 1e6;
        long[] spent = new long[CallsPerRound];
        var best = new PolicyLatency(
            double.PositiveInfinity, double.PositiveInfinity, budget);
        policy.Begin();
        for (int round = 0; round < RoundsMax && !best.IsWithin; round++)
        {
            for (int i = 0; i < CallsPerRound; i++)
            {
                long start = Stopwatch.GetTimestamp();
                policy.Act(observation, action);
                spent[i] = Stopwatch.GetTimestamp() - start;
            }

            spent.AsSpan().Sort();
            double p99 = Microseconds(spent[CallsPerRound * 99 / 100]);
            if (p99 < best.P99Microseconds)
            {
                best = best with
                {
                    MedianMicroseconds = Microseconds(spent[CallsPerRound / 2]),
                    P99Microseconds = p99,
                };
            }
        }

        policy.Begin();
        return best;
    }

    /// <summary>Refuses a policy that is too slow.</summary>
    /// <param name="where">The policy, for the message.</param>
    /// <exception cref="ScenarioException">It is too slow.</exception>
    public void Require(string where)
    {
        if (!IsWithin)
        {
            throw new ScenarioException(
                "The policy answers too slowly for its period",
                where,
                FormattableString.Invariant(
                    $"p99 below {BudgetMicroseconds:0.##} µs, a tenth of the period"),
                FormattableString.Invariant($"{P99Microseconds:0.##} µs"),
                "smaller networks, or a quieter machine");
        }
    }

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
