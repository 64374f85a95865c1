using HilRig.Core.Joints;
using HilRig.Harness.RealTime;
using HilRig.Harness.Results;
using HilRig.Harness.Scenarios;

namespace HilRig.Harness.Verdicts;

/// <summary>
/// Judges a finished run by the stop its scenario expects, once everything about that stop is
/// known: Pass when exactly it happened, Fail when another or none did.
/// </summary>
public static class ExpectationJudge
{
    /// <summary>Judges; a run without expectation stays as it is.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="result">Its run, with the stop and its measured times.</param>
    public static RunResult Judge(Scenario scenario, RunResult result)
    {
        if (Unmet(scenario, result) is { } missing)
        {
            return result with { Verdict = Verdict.Inconclusive, Reason = missing };
        }

        // A run that never reached its loop, or that somebody ended, proves nothing about a stop.
        if (scenario.Expect is not { } expected || !Speaks(result))
        {
            return result;
        }

        if (expected.Cause == StopReason.None)
        {
            return !IsForACause(result)
                ? result
                : Failed(result, $"no stop was expected, but: {result.Reason}");
        }

        return JudgeStop(expected, result);
    }

    private static RunResult JudgeStop(ExpectedStop expected, RunResult result)
    {
        if (result.Stop is not { } stop)
        {
            return Failed(
                result, $"{expected.Cause} was expected, but nothing stopped the rig");
        }

        if (stop.Cause != expected.Cause)
        {
            return Failed(
                result, $"{expected.Cause} was expected, but {stop.Cause} came: {result.Reason}");
        }

        if (stop.Acknowledged != expected.Acknowledged)
        {
            return Failed(result, stop.Acknowledged
                ? $"{stop.Cause} as expected, but every servo confirmed the safe posture"
                : $"{stop.Cause} as expected, but not every servo confirmed the safe posture");
        }

        string figure = stop.StoppedAfterMilliseconds is { } measured
            ? FormattableString.Invariant($", {measured:0.#} ms after its cause")
            : "";
        if (expected.WithinSeconds is { } within)
        {
            if (stop.StoppedAfterMilliseconds is null)
            {
                return result with
                {
                    Verdict = Verdict.Inconclusive,
                    Reason = $"{stop.Cause} as expected, but its stop time was not measured",
                };
            }

            if (stop.StoppedAfterMilliseconds > within * 1e3)
            {
                return Failed(result, FormattableString.Invariant(
                    $"{stop.Cause} as expected, but{figure[1..]}, {within * 1e3:0.#} ms allowed"));
            }
        }

        BudgetResult? broken = result.Budgets.FirstOrDefault(one => one.Verdict == Verdict.Fail);
        string actor = stop.By.ToString().ToLowerInvariant();
        string posture = stop.Acknowledged ? "confirmed by every servo" : "not confirmed";
        return broken is null
            ? result with
            {
                Verdict = Verdict.Pass,
                Reason = $"stopped by the {actor} as expected: {stop.Cause}{figure}, {posture}",
            }
            : Failed(result, $"stopped as expected, but {broken.Metric} is over its budget");
    }

    private static RunResult Failed(RunResult result, string reason) =>
        result with { Verdict = Verdict.Fail, Reason = reason };

    // Ctrl-C and the end of a run ask for a stop too.
    private static bool IsForACause(RunResult result) =>
        result.Stop is { Cause: not StopReason.Requested };

    private static bool Speaks(RunResult result) => result.Ending switch
    {
        LoopEnding.Completed or LoopEnding.PlantStopped or LoopEnding.PlantLost
            or LoopEnding.ControllerFailed => true,
        LoopEnding.Cancelled => IsForACause(result),
        LoopEnding.TwinFailed or LoopEnding.RecorderFailed => false,
        null => false,
    };

    // A fault that never came leaves a pass that says nothing.
    private static string? Unmet(Scenario scenario, RunResult result)
    {
        if (result.Verdict is not (Verdict.Pass or Verdict.Fail) || scenario.Faults.Count == 0)
        {
            return null;
        }

        FaultReport? absent = result.Faults.FirstOrDefault(one => one.BeganNanoseconds is null);
        return absent is null && result.Faults.Count == scenario.Faults.Count
            ? null
            : $"the fault '{absent?.Layer} {absent?.Target} {absent?.Type}' never came";
    }
}
