using System.Diagnostics;
using HilRig.Core.Errors;

namespace HilRig.Tasks.Policies;

/// <summary>
/// What a call of a policy takes, held against a tenth of the task's period. Other programs can
/// only make a call slower, so of several rounds the quietest counts.
/// </summary>
/// <param name="P50Microseconds">Median of a call, µs.</param>
/// <param name="P99Microseconds">99th percentile, µs.</param>
/// <param name="BytesPerCall">Bytes that the calls allocated on the managed heap, mean.</param>
/// <param name="BudgetMicroseconds">What that percentile must stay below, µs.</param>
public sealed record PolicyLatency(
    double P50Microseconds, double P99Microseconds, double BytesPerCall, double BudgetMicroseconds)
{
    /// <summary>Part of the period that the 99th percentile may take.</summary>
    public const double PeriodFraction = 0.1;

    /// <summary>Rounds after which a policy that was never fast enough is too slow.</summary>
    public const int RoundsMax = 5;

    /// <summary>Whether the policy is fast enough.</summary>
    public bool IsWithin => P99Microseconds < BudgetMicroseconds;

    /// <summary>Measures a policy that has been called before.</summary>
    /// <param name="call">Calls it once.</param>
    /// <param name="periodSeconds">Time between two actions, s.</param>
    /// <param name="callsPerRound">Calls of a round, 1 or more.</param>
    /// <param name="roundsMin">Rounds even when the first is fast enough.</param>
    public static PolicyLatency Measure(
        Action call, double periodSeconds, int callsPerRound, int roundsMin)
    {
        ArgumentNullException.ThrowIfNull(call);
        long[] spent = new long[callsPerRound];
        var best = new PolicyLatency(
            double.PositiveInfinity,
            double.PositiveInfinity,
            0,
            periodSeconds * PeriodFraction * 1e6);
        long allocated = 0;
        int rounds = 0;
        while (rounds < roundsMin || (rounds < RoundsMax && !best.IsWithin))
        {
            rounds++;
            allocated -= GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < callsPerRound; i++)
            {
                long start = Stopwatch.GetTimestamp();
                call();
                spent[i] = Stopwatch.GetTimestamp() - start;
            }

            allocated += GC.GetAllocatedBytesForCurrentThread();
            spent.AsSpan().Sort();
            double p99 = Microseconds(spent[callsPerRound * 99 / 100]);
            if (p99 < best.P99Microseconds)
            {
                best = best with
                {
                    P50Microseconds = Microseconds(spent[callsPerRound / 2]),
                    P99Microseconds = p99,
                };
            }
        }

        return best with { BytesPerCall = (double)allocated / (rounds * callsPerRound) };
    }

    /// <summary>Refuses a policy that is too slow.</summary>
    /// <param name="where">The policy, for the message.</param>
    /// <exception cref="RigException">It is too slow.</exception>
    public void Require(string where)
    {
        if (!IsWithin)
        {
            throw new RigException(
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
