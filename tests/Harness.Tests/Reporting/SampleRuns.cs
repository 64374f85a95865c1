using HdrHistogram;
using HilRig.Core.Joints;
using HilRig.Harness.Results;

namespace HilRig.Harness.Tests.Reporting;

/// <summary>
/// Runs as the report sees them, made from formulas: joints that follow steps and sines with a
/// delay, an offset and noise from a seed, and a twin without these. Figures fit the curves
/// roughly; their truth is the business of the measures' own tests.
/// </summary>
internal static class SampleRuns
{
    private const double RateHertz = 250;
    private static readonly string[] SixJoints =
        ["shoulder_pan", "shoulder_lift", "elbow_flex", "wrist_flex", "wrist_roll", "gripper"];

    public static RunResult SixJointsPass() =>
        Make("step-response", SixJoints, repeats: 3, hasTwin: true);

    public static RunResult OneJointFail()
    {
        RunResult run = Make("recorded/xl330-sin-sin", ["pendulum"], repeats: 1, hasTwin: true);
        return run with
        {
            Verdict = Verdict.Fail,
            Reason =
                "divergence/joint/pendulum/position/rmse is 0.0968 rad, over its limit of 0.05 rad",
            Budgets =
            [
                Budget(
                    "divergence/joint/pendulum/position/rmse", "rad", 0.05, 0.0968, Verdict.Fail),
                Budget(
                    "divergence/joint/pendulum/position/band",
                    "rad",
                    0.03,
                    0.081,
                    Verdict.Fail) with
                {
                    Note = "left the band first at 0.42 s",
                },
                Budget("latency/endToEnd/p99", "µs", 8000, 5211, Verdict.Pass),
            ],
            Events =
            [
                new RunEvent(-1.2, "phase", "approach"), new RunEvent(0, "phase", "measure"),
                new RunEvent(6.01, "phase", "return"),
            ],
        };
    }

    public static RunResult Inconclusive()
    {
        RunResult run = Make("chirp", SixJoints, repeats: 1, hasTwin: true);
        return run with
        {
            Verdict = Verdict.Inconclusive,
            Reason = "latency/endToEnd/p999 needs 10 000 samples, 1 500 were taken",
            Budgets =
            [
                Budget("latency/endToEnd/p999", "µs", 12_000, null, Verdict.Inconclusive) with
                {
                    Note = "needs 10 000 samples",
                },
                Budget("missedTicks", "ticks", 15, 3, Verdict.Pass),
            ],
            Environment = run.Environment! with { RealTime = false },
        };
    }

    public static RunResult WithoutTwin() =>
        Make("hold", SixJoints[..2], repeats: 1, hasTwin: false) with { Budgets = [] };

    public static RunResult Stopped()
    {
        RunResult run = Make("step-response", SixJoints, repeats: 1, hasTwin: true);
        return run with
        {
            Verdict = Verdict.RigError,
            Reason = "servo 3 (elbow_flex) stopped answering at 1.204 s; "
                + "the agent holds the safe posture",
            Stop = new StopReport
            {
                Cause = StopReason.ServoLost,
                CauseNanoseconds = 5_104_000_000,
                CauseFrom = StopCauseSource.Detection,
                DecidedAfterMilliseconds = 0,
                WrittenAfterMilliseconds = 3.25,
                StoppedAfterMilliseconds = 61.5,
                Acknowledged = false,
                By = StopActor.Agent,
            },
            Bridge = new BridgeReport
            {
                Address = "shm:/dev/shm/hilrig-lab/ttyACM0.lane",
                Commands = new TopicReport(240, 1, 0, 0, 0.05, 0.2, 1.5),
                States = new TopicReport(262, 0, 0, 0, 3.5, 4.2, 9),
                Events = new TopicReport(14, 0, 0, 0, null, null, null),
                Verdicts = new Dictionary<string, long> { ["Accepted"] = 238, ["Stale"] = 2 },
                Malformed = 0,
                Clock = new ClockReport
                {
                    OffsetMicroseconds = -125.5,
                    UncertaintyMicroseconds = 40,
                    SkewPartsPerMillion = 12.5,
                    MinimumRoundTripMicroseconds = 60,
                },
            },
            Budgets = [],
            Events =
            [
                new RunEvent(0, "phase", "measure"),
                new RunEvent(1.204, "fault", "servo 3 (elbow_flex): 5 reads without an answer"),
                new RunEvent(1.209, "stop", "ServoLost: safe posture confirmed by 5 of 6 servos"),
                new RunEvent(1.31, "note", "<script>alert(\"a name & a tag\")</script>"),
            ],
        };
    }

    public static RunResult NeverStarted() => RunResult.WithoutLoop(
        "scenarios/so101/step-response.yaml",
        Verdict.RigError,
        "/dev/ttyACM0: the port does not exist. Try: plug the adapter in, or name the port in the "
            + "rig file.",
        new DateTimeOffset(2026, 2, 11, 9, 30, 0, TimeSpan.Zero));

    private static BudgetResult Budget(
        string metric, string unit, double limit, double? measured, Verdict verdict) => new()
        {
            Metric = metric,
            Unit = unit,
            Limit = limit,
            Measured = measured,
            Verdict = verdict,
        };

    private static RunResult Make(string name, string[] joints, int repeats, bool hasTwin)
    {
        var random = new Random(11);
        int rows = (int)(6 * RateHertz);
        RunTrace trace = Trace(joints, repeats, rows, hasTwin, random);
        Dictionary<string, LongHistogram> histograms = Histograms(trace, random);
        var divergence = new Dictionary<string, DivergenceFigure>();
        for (int i = 0; i < joints.Length; i++)
        {
            divergence[$"joint/{joints[i]}/position"] = Figure(
                "rad", 0.012 + (0.004 * i), repeats, hasTwin);
            divergence[$"joint/{joints[i]}/velocity"] = Figure(
                "rad/s", 0.11 + (0.05 * i), repeats, hasTwin);
        }

        return new RunResult
        {
            Scenario = $"scenarios/{name}.yaml",
            Name = name,
            Description = "Steps of 0.6 rad on every joint in turn, held for a second each",
            ScenarioSha256 = "8a1f0c5de2b94d7f8e0b7d3c9a6512fe8a1f0c5de2b94d7f8e0b7d3c9a6512fe",
            Rig = "so101-virtual",
            RigSha256 = "11c9e0b7d3c9a6512fe8a1f0c5de2b94d7f8e0b7d3c9a6512fe8a1f0c5de2b94",
            TwinModel = hasTwin ? "models/so101.xml" : null,
            Verdict = Verdict.Pass,
            Reason = "every budget was met",
            StartedUtc = new DateTimeOffset(2026, 2, 11, 9, 30, 0, TimeSpan.Zero),
            DurationSeconds = 21.4,
            Repeats = repeats,
            Seed = 7,
            Latency = histograms.ToDictionary(pair => pair.Key, pair => Figure(pair.Value)),
            Stages = histograms.ToDictionary(pair => pair.Key, pair => Figure(pair.Value)),
            Divergence = divergence,
            MissedTicks = trace.MissedCount.Sum(),
            Budgets =
            [
                Budget("latency/endToEnd/p99", "µs", 8000, 5211, Verdict.Pass),
                Budget("missedTicks", "ticks", 15, trace.MissedCount.Sum(), Verdict.Pass),
                Budget(
                    "divergence/joint/elbow_flex/position/rmse", "rad", 0.05, 0.0202, Verdict.Pass),
            ],
            Events = [new RunEvent(-2, "phase", "approach"), new RunEvent(0, "phase", "measure")],
            Loop = Loop(trace),
            Environment = Machine(),
            Recording = "runs/2026-02-11T09-30-00/recording.mcap",
            Trace = trace,
            Histograms = histograms,
        };
    }

    private static RunTrace Trace(
        string[] joints, int repeats, int rows, bool hasTwin, Random random)
    {
        int count = rows * repeats;
        double[] time = Fill(count, i => i % rows / RateHertz);
        int[] missed = new int[count];
        (missed[rows / 3], missed[rows / 2]) = (1, 2);
        double[] latency = Fill(count, _ => 3400 + (-400 * Math.Log(1 - random.NextDouble())));
        latency[rows / 3] = 9100;
        return new RunTrace
        {
            TimeSeconds = time,
            RealTimeSeconds = Fill(count, i => time[i] + 0.0032),
            TwinTimeSeconds = Fill(count, i => hasTwin ? time[i] : double.NaN),
            Repeat = [.. Enumerable.Range(0, count).Select(i => i / rows)],
            MissedCount = missed,
            EndToEndMicroseconds = latency,
            Joints = [.. joints.Select((name, i) => Joint(name, i, time, hasTwin, random))],
        };
    }

    private static JointTrace Joint(
        string name, int index, double[] time, bool hasTwin, Random random)
    {
        double[] command = Fill(time.Length, i => Goal(time[i], index));
        double[] twin = Fill(time.Length, i => hasTwin ? Follow(time[i], index, 0.05) : double.NaN);
        double[] real = Fill(
            time.Length,
            i =>
                Follow(time[i] - 0.012, index, 0.07) + 0.008 + (
                    0.002 * (random.NextDouble() - 0.5)));
        return new JointTrace
        {
            Name = name,
            Unit = "rad",
            Command = command,
            RealPosition = real,
            TwinPosition = twin,
            RealVelocity = Fill(time.Length, _ => 0),
            TwinVelocity = Fill(time.Length, _ => 0),
        };
    }

    private static double Goal(double time, int index) => index % 2 == 0
        ? (time > 0.5 + (0.7 * index) && time < 1.7 + (0.7 * index) ? 0.6 : 0)
        : 0.4 * Math.Sin(2 * Math.PI * (0.2 + (0.1 * index)) * time);

    private static double Follow(double time, int index, double lag) => index % 2 == 0
        ? 0.6 * (Rise(time - 0.5 - (0.7 * index), lag) - Rise(time - 1.7 - (0.7 * index), lag))
        : 0.4 * Math.Sin(2 * Math.PI * (0.2 + (0.1 * index)) * (time - lag));

    private static double Rise(double time, double lag) =>
        time < 0 ? 0 : 1 - (Math.Exp(-time / lag) * (1 + (time / lag)));

    private static Dictionary<string, LongHistogram> Histograms(RunTrace trace, Random random)
    {
        double[] medians = [55, 2, 9, 14, 140, 210, 2700, 160, 48, 900];
        var histograms = new Dictionary<string, LongHistogram>();
        for (int k = 0; k < LatencyKeys.All.Count; k++)
        {
            var histogram = new LongHistogram(1, 10_000_000_000, 3);
            for (int i = 0; i < trace.TimeSeconds.Length; i++)
            {
                double microseconds = k < medians.Length
                    ? medians[k] * Math.Exp(
                        0.3 * Math.Abs(random.NextDouble() + random.NextDouble() - 1) * 4)
                    : trace.EndToEndMicroseconds[i];
                histogram.RecordValue((long)(microseconds * 1000));
            }

            histograms[LatencyKeys.All[k]] = histogram;
        }

        return histograms;
    }

    private static LatencyFigure Figure(LongHistogram histogram)
    {
        return new LatencyFigure
        {
            Count = histogram.TotalCount,
            P50Microseconds = At(50),
            P90Microseconds = At(90),
            P99Microseconds = At(99),
            P999Microseconds = At(99.9),
            MaxMicroseconds = histogram.GetMaxValue() / 1000.0,
        };

        double? At(double percentile) =>
            histogram.TotalCount >= LatencyFigure.SamplesNeeded(percentile)
                ? histogram.GetValueAtPercentile(percentile) / 1000.0
                : null;
    }

    private static DivergenceFigure Figure(string unit, double rmse, int repeats, bool hasTwin) =>
        hasTwin
        ? new DivergenceFigure
        {
            Unit = unit,
            Rmse = rmse,
            Mae = rmse * 0.7,
            MaxAbs = rmse * 4,
            Offset = unit == "rad" ? 0.0081 : 0,
            Gain = 0.992,
            DelayMilliseconds = 12.4,
            ResidualRmse = rmse * 0.3,
            NoiseFloorRmse = repeats > 1 ? 0.00061 : null,
            SampleCount = 1500,
            RmseInterval = new Interval(rmse * 0.93, rmse * 1.08),
            OffsetInterval = new Interval(0.0075, 0.0087),
            GainInterval = new Interval(0.985, 0.999),
            DelayIntervalMilliseconds = new Interval(11.9, 12.9),
            Band = unit == "rad" ? Band(rmse) : null,
        }
        : new DivergenceFigure { Unit = unit };

    private static BandFigure Band(double rmse) => new()
    {
        Absolute = 0.03,
        Relative = 0.05,
        LeadingSeconds = 0.004,
        LaggingSeconds = 0.02,
        OutsideCount = rmse > 0.02 ? 41 : 0,
        MaxExcess = 0.011,
        OnsetSeconds = rmse > 0.02 ? 0.624 : null,
    };

    private static LoopReport Loop(RunTrace trace) => new()
    {
        RateHertz = RateHertz,
        TickCount = trace.TimeSeconds.Length,
        MissedCount = trace.MissedCount.Sum(),
        UnansweredCount = 0,
        ClippedCount = 0,
        OverflowCount = 0,
        AllocatedBytes = 0,
        CollectionCount = 1,
        PauseMilliseconds = 1.3,
    };

    private static EnvironmentReport Machine() => new()
    {
        Version = "0.1.0",
        OperatingSystem = "Linux 6.1",
        Architecture = "X64",
        Runtime = ".NET 10.0.1",
        ProcessorCount = 2,
        RealTime = true,
        Granted = ["SCHED_FIFO 80", "mlockall", "affinity 1"],
        Refused = ["cpu_dma_latency 0: /dev/cpu_dma_latency is not writable; add a udev rule"],
    };

    private static double[] Fill(int count, Func<int, double> value)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = value(i);
        }

        return values;
    }
}
