using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Time;
using HilRig.Harness.Faults;
using HilRig.Harness.Results;
using HilRig.Harness.Running;
using HilRig.Harness.Scenarios;
using HilRig.Harness.Verdicts;
using HilRig.Recording.Ticks;
using HilRig.Rig.Processes;

namespace HilRig.Rig.Running;

/// <summary>One run of one scenario: opens recording and plants, runs, closes them.</summary>
internal sealed class ScenarioJob
{
    private readonly PreparedRun _run;
    private readonly RunDirectory _place;
    private readonly IRigClock _clock = RigClock.Create();
    private readonly FaultSchedule _faults;

    /// <summary>Makes a job.</summary>
    /// <param name="run">The checked scenario.</param>
    /// <param name="place">Where its files go.</param>
    public ScenarioJob(PreparedRun run, RunDirectory place)
    {
        _run = run;
        _place = place;
        _faults = FaultSchedule.Of(run.Plan!);
    }

    /// <summary>Runs to the end. What the rig does wrong is in the result, not thrown.</summary>
    /// <param name="stop">Asks the run to end in order.</param>
    public RunResult Run(CancellationToken stop)
    {
        DateTimeOffset started = TimeProvider.System.GetUtcNow();
        try
        {
            string recording = _place.File(Harness.Reporting.RunFolder.RecordingFile);
            using McapTelemetrySink sink = McapTelemetrySink.Create(recording, Header(), _clock);
            RunResult result;
            using (SupportingThreads.Enter())
            {
                using PlantSet plants = _run.Open(_place.File("processes"), _faults);
                result = Drive(plants, sink, stop);
                plants.Dispose();
                result = Conclude(result, plants);
            }

            sink.Dispose();
            result = Worsen(result, sink.Failure?.Message);

            return result with
            {
                Recording = File.Exists(recording) ? recording : PartialOf(recording),
            };
        }
        catch (RigException error) when (error is not (ScenarioException or ModelException))
        {
            return _run.WithoutLoop(Verdict.RigError, error.Message, started);
        }
    }

    // What the loop saw, with the times that are known once the emulator has ended.
    private RunResult Conclude(RunResult result, PlantSet plants)
    {
        result = result with
        {
            Faults = _faults.Report(),
            Stop = Measure(result, plants),
            Bridge = plants.Bridge?.Invoke(),
        };
        result = OneWayFigures.Refuse(result);
        RunResult judged = ExpectationJudge.Judge(_run.Scenario, result);

        // After a stop that was asked for the agent may have had to give up; what counts then is
        // whether the stop was confirmed, and that has been judged.
        bool isExpected = judged.Stop is not null && judged.Verdict == Verdict.Pass;
        return isExpected ? judged : Worsen(judged, plants.Aftermath?.Invoke());
    }

    // The stop that ends every run is none for a cause.
    private StopReport? Measure(RunResult result, PlantSet plants)
    {
        long cause = _faults.Occurrences
            .Select(fault => fault.BeganNanoseconds)
            .Where(instant => instant > 0)
            .DefaultIfEmpty()
            .Min();
        StopReport? stop = plants.MeasureStop?.Invoke(cause > 0 ? cause : null) ?? result.Stop;
        return stop?.Cause != StopReason.Requested
            || result.Verdict is Verdict.Aborted or Verdict.RigError
            ? stop
            : null;
    }

    // What is only known at the end may still make a run worthless, never better.
    private static RunResult Worsen(RunResult result, string? fault) =>
        fault is null || result.Verdict == Verdict.RigError
            ? result
            : result with { Verdict = Verdict.RigError, Reason = fault };

    private RunResult Drive(PlantSet plants, McapTelemetrySink sink, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop, plants.Unguarded);
        RunResult result = new ScenarioRunner(new RunParts
        {
            Plan = _run.Plan!,
            Plant = plants.Plant,
            Twin = plants.Twin,
            Sink = sink,
            Clock = _clock,
            RealTime = LoopOptions.Host,
            RigName = _run.RigName,
            RigSha256 = _run.RigSha256,
            TwinModel = _run.TwinModel,
            Faults = _faults,
            Diagnose = plants.Diagnose,
            ObserveStop = plants.ObserveStop,
        }).Run(ending.Token);
        if (result.Verdict == Verdict.Aborted && plants.Unguarded.IsCancellationRequested)
        {
            result = result with
            {
                Verdict = Verdict.RigError,
                Reason = "the guardian process ended; "
                    + "the rig was stopped, for nobody else owns the stop",
            };
        }

        result = result with { DeviceClock = plants.ObserveDeviceClock?.Invoke() };
        IEnumerable<string> agent = plants.AgentRemarks.Select(remark => "agent: " + remark);
        return result.Environment is { } environment
            ? result with
            {
                Environment = environment with { Refused = [.. environment.Refused, .. agent] },
            }
            : result;
    }

    private RecordingHeader Header()
    {
        ScenarioPlan plan = _run.Plan!;
        return new RecordingHeader
        {
            RunId = Path.GetFileName(_place.FullPath),
            ScenarioName = _run.Scenario.Name,
            ScenarioText = _run.Scenario.Text,
            RigName = _run.RigName,
            RigText = _run.RigText,
            RigHash = _run.RigSha256,
            Joints =
            [
                .. plan.Setting.Joints.Select(joint => new RecordedJoint(joint.Name, joint.Kind)),
            ],
            Seed = (long)_run.Scenario.Seed,
            Facts = new Dictionary<string, string> { ["twin.model"] = _run.TwinModel ?? "none" },
        };
    }

    private static string? PartialOf(string recording) =>
        File.Exists(recording + ".partial") ? recording + ".partial" : null;
}
