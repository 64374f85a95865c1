using System.CommandLine;
using System.Globalization;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Time;
using HilRig.Harness.Controllers;
using HilRig.Harness.Policies;
using HilRig.Harness.Scenarios;

namespace HilRig.Cli.Bench;

/// <summary>
/// `hilrig bench policy`: one call of an ONNX policy on a loop's thread, at the policy's own rate,
/// so that caches are as cold as in a run. It has no control: the figure is the runtime's, ours is
/// that nothing is allocated.
/// </summary>
internal static class PolicyBench
{
    private const string HoldPolicy = "scenarios/so101/policies/hold.json";
    private const int WarmUpCalls = 100;
    private static readonly IRigClock Clock = RigClock.Create();

    /// <summary>The command.</summary>
    internal static Command Create()
    {
        var manifest = new Option<string>("--manifest")
        {
            Description = "Manifest of the policy.",
            DefaultValueFactory = _ => HoldPolicy,
        };
        Option<int> calls = BenchOptions.Ranged("--calls", "Calls", 2_500, 100, 1_000_000);
        Option<int> priority = BenchOptions.Ranged(
            "--priority", "SCHED_FIFO priority; 0 is ordinary", 70, 0, 99);
        Option<bool> json = BenchOptions.Json();
        var command = new Command("policy", "Time of one call of an ONNX policy.")
        {
            manifest, calls, priority, json,
        };
        command.SetAction(parsed => BenchOptions.Print(
            Measure(
                parsed.GetRequiredValue(manifest),
                parsed.GetValue(calls),
                parsed.GetValue(priority)),
            parsed.GetValue(json),
            Describe));
        return command;
    }

    private static PolicyBenchResult Measure(string path, int calls, int priority)
    {
        PolicyManifest manifest = PolicyManifest.Load(path);
        ControllerSetting setting = SettingOf(manifest);
        var recipe = new PolicyRecipe(Path.GetFullPath(path), path);
        using IController policy = recipe.Create(setting);
        PolicyBenchResult? result = null;
        RigException? fault = null;
        var thread = new Thread(() =>
        {
            using RealTimeKit kit =
                RealTimeKit.Enter(new RealTimeOptions { FifoPriority = priority });
            try
            {
                result = Call(kit, policy, manifest, setting, calls);
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

    private static PolicyBenchResult Call(
        RealTimeKit kit,
        IController policy,
        PolicyManifest manifest,
        ControllerSetting setting,
        int calls)
    {
        int dofCount = setting.Joints.Count;
        var state = new JointState(dofCount);
        state.Position.AsSpan().Clear();
        state.Velocity.AsSpan().Clear();
        var command = new JointCommand(dofCount);
        long period = (long)(1e9 / manifest.RateHertz);
        long[] spent = new long[calls];
        policy.Start(state);
        Loop(policy, state, command, period, spent.AsSpan(0, Math.Min(WarmUpCalls, calls)));
        kit.Begin();
        long before = GC.GetAllocatedBytesForCurrentThread();
        ControllerStatus status = Loop(policy, state, command, period, spent);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        string disturbance = kit.Disturbance.Describe();
        if (status != ControllerStatus.Ok)
        {
            throw new ScenarioException("The policy failed", manifest.Name, "Ok", $"{status}");
        }

        WakeLateness latency = WakeLateness.Of(spent);
        return new PolicyBenchResult(
            manifest.Name,
            manifest.RateHertz,
            latency,
            [
                new("policy call p50", latency.P50Microseconds, "µs", null),
                new("policy call p99", latency.P99Microseconds, "µs", null),
                new("policy: bytes allocated a call", (double)allocated / calls, "bytes", 0),
            ],
            disturbance);
    }

    private static ControllerStatus Loop(
        IController policy, JointState state, JointCommand command, long period, Span<long> spent)
    {
        long due = Clock.NowNanoseconds;
        ControllerStatus status = ControllerStatus.Ok;
        for (int i = 0; i < spent.Length && status == ControllerStatus.Ok; i++)
        {
            due += period;
            Clock.SleepUntil(due);
            long start = Clock.NowNanoseconds;
            var tick = new Tick(i, due, start, period, 0);
            status = policy.Compute(tick, i * period, state, command);
            spent[i] = Clock.NowNanoseconds - start;
        }

        return status;
    }

    private static ControllerSetting SettingOf(PolicyManifest manifest)
    {
        JointBounds[] joints =
        [
            .. manifest.Observation.Select(entry => entry.Joint)
                .Concat(manifest.Action.Select(entry => entry.Joint)).Distinct()
                .Select(name => new JointBounds(
                    name,
                    JointKind.Revolute,
                    new JointLimits(-10, 10, 100, 100),
                    double.PositiveInfinity)),
        ];
        return new ControllerSetting
        {
            Joints = joints,
            RateHertz = manifest.RateHertz,
            StartPose = [.. joints.Select(_ => 0.0)],
            DurationSeconds = double.NaN,
        };
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
