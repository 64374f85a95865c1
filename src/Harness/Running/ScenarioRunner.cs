using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Harness.Faults;
using HilRig.Harness.Measurements;
using HilRig.Harness.RealTime;
using HilRig.Harness.Results;
using HilRig.Harness.Scenarios;
using HilRig.Harness.Verdicts;

namespace HilRig.Harness.Running;

/// <summary>Runs one scenario on one plant and says what came of it. For one thread.</summary>
public sealed class ScenarioRunner
{
    private readonly RunParts _parts;
    private readonly TimeProvider _time;
    private readonly FaultSchedule _faults;

    /// <summary>Makes a runner.</summary>
    /// <param name="parts">Scenario, plants, sink and clock.</param>
    /// <param name="time">Wall clock of the report; null for the system's.</param>
    public ScenarioRunner(RunParts parts, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _parts = parts;
        _time = time ?? TimeProvider.System;
        _faults = parts.Faults ?? FaultSchedule.Of(parts.Plan);
    }

    /// <summary>
    /// Runs to the end; brings the plant to its safe posture on every way out. What the rig does
    /// wrong is in the result, not thrown.
    /// </summary>
    /// <param name="stop">Asks the run to end (Ctrl-C): the verdict is Aborted.</param>
    public RunResult Run(CancellationToken stop)
    {
        DateTimeOffset started = _time.GetUtcNow();
        long startedAt = _time.GetTimestamp();
        RunResult result;
        if (_parts.Plan.MissingCapabilities.Count > 0)
        {
            result = Failed(
                Verdict.Inconclusive,
                "the rig lacks " + string.Join(", ", _parts.Plan.MissingCapabilities));
        }
        else
        {
            try
            {
                result = RunPlants(stop);
            }
            catch (RigException fault) when (fault is DeviceException or ProtocolException)
            {
                result = Failed(Verdict.RigError, fault.Message);
            }
        }

        return result with
        {
            StartedUtc = started,
            DurationSeconds = _time.GetElapsedTime(startedAt).TotalSeconds,
        };
    }

    private RunResult RunPlants(CancellationToken stop)
    {
        var journal = new TickJournal(_parts.Plan, _parts.Twin is not null, _parts.Sink, _faults);
        var session = new RunSession(_parts, journal, _faults);
        LoopOutcome outcome = LoopThread.Run(_parts.RealTime, () => session.Run(stop));

        // The last ticks may have met a full disk after the loop had ended.
        if (outcome.Ending == LoopEnding.Completed
            && _parts.Sink.Status != RecordingStatus.Recording)
        {
            outcome = outcome with { Ending = LoopEnding.RecorderFailed };
        }

        return Conclude(outcome, journal);
    }

    private RunResult Conclude(LoopOutcome outcome, TickJournal journal)
    {
        ScenarioPlan plan = _parts.Plan;
        long now = _parts.Clock.NowNanoseconds;
        journal.Latency.Finish(now);
        journal.Look();
        string? diagnosis = outcome.Ending switch
        {
            LoopEnding.RecorderFailed => _parts.Sink.Failure?.Message,
            LoopEnding.PlantStopped or LoopEnding.PlantLost => _parts.Diagnose?.Invoke(),
            _ => null,
        };
        LoopReport loop = ReportOf(outcome, journal);
        RunTrace trace = journal.Trace.Build();
        var latency = journal.Latency.Figures();
        var divergence = TraceDivergence.Measure(trace, plan.Budgets.Bands, plan.Scenario.Seed);
        EnvironmentReport environment = EnvironmentReader.Read(outcome.Grants);
        bool timingCounts = OperatingSystem.IsLinux()
            && (environment.RealTime || !plan.Scenario.Inconclusive.NeedsRealTime);
        IReadOnlyList<BudgetResult> budgets = BudgetJudge.Judge(
            plan.Budgets, latency, divergence, loop, timingCounts);
        (Verdict verdict, string why) = RunVerdict.Decide(
            outcome.Ending, diagnosis, loop, plan.Scenario.Inconclusive, budgets);
        if (!outcome.IsStopConfirmed && verdict != Verdict.RigError)
        {
            why = $"the rig did not confirm its safe posture at the end (before that: {why})";
            verdict = Verdict.RigError;
        }

        journal.Note(now, outcome.Ending == LoopEnding.Completed ? "phase" : "stop", "end: " + why);
        return Failed(verdict, why) with
        {
            Latency = latency,
            Stages = journal.Latency.StageFigures(),
            Divergence = divergence,
            MissedTicks = loop.MissedCount,
            Budgets = budgets,
            Events = journal.Events(),
            Faults = _faults.Report(),
            Ending = outcome.Ending,
            Stop = outcome.Ending is LoopEnding.PlantStopped or LoopEnding.PlantLost
                ? _parts.ObserveStop?.Invoke()
                : null,
            Loop = loop,
            Environment = environment,
            Trace = trace,
            Histograms = journal.Latency.Histograms,
        };
    }

    private LoopReport ReportOf(LoopOutcome outcome, TickJournal journal) => new()
    {
        RateHertz = _parts.Plan.Setting.RateHertz,
        TickCount = journal.Trace.Count,
        MissedCount = journal.MissedCount,
        UnansweredCount = journal.UnansweredCount,
        ClippedCount = journal.ClippedCount,
        OverflowCount = outcome.OverflowCount,
        AllocatedBytes = outcome.AllocatedBytes,
        CollectionCount = outcome.Disturbance.Collections,
        PauseMilliseconds = outcome.Disturbance.CollectionPauseNanoseconds / 1e6,
    };

    private RunResult Failed(Verdict verdict, string reason)
    {
        Scenario scenario = _parts.Plan.Scenario;
        return RunResult.WithoutLoop(
            scenario.DisplayPath,
            verdict,
            reason,
            DateTimeOffset.UnixEpoch,
            _parts.Plan.Setting.Joints) with
        {
            Name = scenario.Name,
            Description = scenario.Description,
            ScenarioSha256 = scenario.Sha256,
            Rig = _parts.RigName,
            RigSha256 = _parts.RigSha256,
            TwinModel = _parts.Twin is null ? null : _parts.TwinModel,
            Repeats = scenario.Repeats,
            Seed = scenario.Seed,
        };
    }
}
