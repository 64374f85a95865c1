using System.CommandLine;
using System.Globalization;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using HilRig.Core.Time;
using HilRig.Tasks.Policies;

namespace HilRig.Cli.Bench.Policies;

/// <summary>
/// `hilrig bench policy`: one call of an ONNX policy on a loop's thread, at the policy's own rate,
/// so that caches are as cold as in a run, then back to back, which is the runtime's own time. A
/// second policy is the control: its calls take turns with the first's.
/// </summary>
internal static class PolicyBench
{
    private const string HoldPolicy = "scenarios/so101/policies/hold.json";
    private const double HybridTargetMicroseconds = 100;
    private const double PeriodFraction = 0.1;
    private const int WarmUpCalls = 100;
    private const int PacedWarmUpCalls = 5;
    private static readonly IRigClock Clock = RigClock.Create();

    /// <summary>The command.</summary>
    internal static Command Create()
    {
        var manifest = new Option<string>("--manifest")
        {
            Description = "Manifest of the policy, of a scenario or of a task.",
            DefaultValueFactory = _ => HoldPolicy,
        };
        var control = new Option<string?>("--control")
        {
            Description = "Manifest of a policy of the same rate to compare with.",
        };
        Option<int> calls = BenchOptions.Ranged("--calls", "Calls", 1_000, 100, 1_000_000);
        Option<int> priority = BenchOptions.Ranged(
            "--priority", "SCHED_FIFO priority; 0 is ordinary", 70, 0, 99);
        Option<bool> json = BenchOptions.Json();
        var command = new Command("policy", "Time of one call of an ONNX policy.")
        {
            manifest, control, calls, priority, json,
        };
        command.SetAction(parsed => BenchOptions.Print(
            Measure(
                parsed.GetRequiredValue(manifest),
                parsed.GetValue(control),
                parsed.GetValue(calls),
                parsed.GetValue(priority)),
            parsed.GetValue(json),
            Describe));
        return command;
    }

    private static PolicyBenchResult Measure(
        string path, string? controlPath, int calls, int priority)
    {
        using IPolicyCall policy = Load(path);
        using IPolicyCall? control = controlPath is null ? null : Load(controlPath);
        if (control is not null && control.PeriodNanoseconds != policy.PeriodNanoseconds)
        {
            throw new ScenarioException(
                "The control is of another rate",
                controlPath,
                FormattableString.Invariant($"a period of {policy.PeriodNanoseconds} ns"),
                FormattableString.Invariant($"{control.PeriodNanoseconds} ns"));
        }

        PolicyBenchResult? result = null;
        RigException? fault = null;
        var thread = new Thread(() =>
        {
            using RealTimeKit kit =
                RealTimeKit.Enter(new RealTimeOptions { FifoPriority = priority });
            try
            {
                result = Measure(kit, policy, control, calls);
            }
            catch (RigException error)
            {
                fault = error;
            }
        });
        thread.Start();
        thread.Join();
        return fault is null ? result! : throw fault;
    }

    private static IPolicyCall Load(string path)
    {
        string manifest = Directory.Exists(path)
            ? Path.Combine(path, TaskPolicyFile.ManifestName)
            : path;
        return PolicySchema.Read(manifest) == TaskPolicyManifest.CurrentSchema
            ? new TaskPolicyCall(manifest)
            : new ScenarioPolicyCall(manifest);
    }

    private static PolicyBenchResult Measure(
        RealTimeKit kit, IPolicyCall policy, IPolicyCall? control, int calls)
    {
        long[] spent = new long[calls];
        long[] busy = new long[calls];
        long[] spentByControl = new long[control is null ? 0 : calls];
        policy.Start();
        control?.Start();
        Loop(policy, null, busy.AsSpan(0, WarmUpCalls), [], isPaced: false);
        Loop(control ?? policy, null, busy.AsSpan(0, WarmUpCalls), [], isPaced: false);
        Loop(policy, control, busy.AsSpan(0, PacedWarmUpCalls), spentByControl, isPaced: true);
        kit.Begin();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Loop(policy, control, spent, spentByControl, isPaced: true);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        string disturbance = kit.Disturbance.Describe();
        Loop(policy, null, busy, [], isPaced: false);
        return Report(
            policy,
            WakeLateness.Of(spent),
            control is null ? null : WakeLateness.Of(spentByControl),
            WakeLateness.Of(busy),
            (double)allocated / calls,
            disturbance);
    }

    private static PolicyBenchResult Report(
        IPolicyCall policy,
        WakeLateness paced,
        WakeLateness? control,
        WakeLateness busy,
        double bytes,
        string disturbance)
    {
        bool isOfTask = policy is TaskPolicyCall;
        string what = isOfTask ? "policy of a task," : "policy";
        double? target = isOfTask ? HybridTargetMicroseconds : null;
        double? budget = isOfTask ? policy.PeriodNanoseconds * PeriodFraction / 1e3 : null;
        var figures = new List<BenchFigure>
        {
            new($"{what} call p50", paced.P50Microseconds, "µs", null),
            new($"{what} call p99", paced.P99Microseconds, "µs", budget),
            new($"{what} call p50, back to back", busy.P50Microseconds, "µs", target),
            new($"{what} bytes allocated a call", bytes, "bytes", 0),
        };
        if (control is not null)
        {
            figures.Add(new("control call p50", control.P50Microseconds, "µs", null));
            figures.Add(new("control call p99", control.P99Microseconds, "µs", null));
        }

        return new PolicyBenchResult(
            policy.Name, 1e9 / policy.PeriodNanoseconds, paced, control, figures, disturbance);
    }

    /// <summary>Calls policy and control in turns; a paced loop sleeps to the grid.</summary>
    private static void Loop(
        IPolicyCall policy,
        IPolicyCall? control,
        Span<long> spent,
        Span<long> spentByControl,
        bool isPaced)
    {
        long due = Clock.NowNanoseconds;
        long period = control is null
            ? policy.PeriodNanoseconds
            : policy.PeriodNanoseconds / 2;
        for (int i = 0; i < spent.Length; i++)
        {
            spent[i] = Timed(policy, i, isPaced ? due += period : 0);
            if (control is not null)
            {
                spentByControl[i] = Timed(control, i, isPaced ? due += period : 0);
            }
        }
    }

    private static long Timed(IPolicyCall policy, int index, long due)
    {
        if (due != 0)
        {
            Clock.SleepUntil(due);
        }

        long start = Clock.NowNanoseconds;
        bool answered = policy.Call(index, start);
        long spent = Clock.NowNanoseconds - start;
        return answered
            ? spent
            : throw new ScenarioException("The policy gave no answer", policy.Name);
    }

    private static string Describe(PolicyBenchResult result)
    {
        string figures = string.Concat(result.Figures.Select(figure => figure.Describe() + "\n"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            policy '{result.Policy}' at {result.RateHertz} Hz, {result.Calls.Count} calls
            {figures}  {result.Disturbance}
            """);
    }
}
