using System.CommandLine;
using System.Text.Json;
using HilRig.Core.Errors;
using HilRig.Learning.Onnx;
using HilRig.Learning.Training;
using HilRig.Tasks;
using HilRig.Tasks.Policies;

namespace HilRig.Learning.Commands;

/// <summary>
/// `hilrig learn export`: writes the newest snapshot of a run as a policy, once it agrees with its
/// networks and answers in time.
/// </summary>
internal sealed class ExportCommand
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    private readonly Argument<string?> _run = new("run")
    {
        Description = "Folder of the run.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder of the policy, a new one. Default: the next of the run's policies.",
    };

    private readonly Option<bool> _check = new("--check")
    {
        Description = "Check parity and latency; write nothing.",
    };

    private readonly Option<string?> _random = new("--random")
    {
        Description = "Instead of a run: a task, whose policy gets random weights (for benches).",
    };

    private readonly Option<string> _proposals = new("--proposals")
    {
        Description = "Networks of a random policy: ActorAndImitation, ActorOnly, ImitationOnly.",
        DefaultValueFactory = _ => nameof(PolicyProposals.ActorAndImitation),
    };

    private readonly Option<int> _hidden = new("--hidden")
    {
        Description = "Units of each hidden layer of a random policy.",
        DefaultValueFactory = _ => 128,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print the result as one JSON object.",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var self = new ExportCommand();
        self._hidden.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 4096)
            {
                result.AddError("--hidden is 1 to 4096.");
            }
        });
        self._proposals.AcceptOnlyFromAmong(Enum.GetNames<PolicyProposals>());
        var command = new Command("export", "Write a run's policy as one ONNX graph.")
        {
            self._run, self._out, self._check, self._random, self._proposals, self._hidden,
            self._json,
        };
        command.SetAction(self.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string? run = parsed.GetValue(_run);
        string? random = parsed.GetValue(_random);
        if (run is null == random is null)
        {
            throw new ScenarioException(
                "Either a run is exported or random networks",
                "hilrig learn export",
                "RUN or --random TASK");
        }

        string? target = parsed.GetValue(_out);
        bool isCheck = parsed.GetValue(_check);
        if (random is not null && target is null && !isCheck)
        {
            throw new ScenarioException(
                "A random policy belongs to no run", "--random", "--out FOLDER or --check");
        }

        TaskPolicyFile policy = random is null
            ? OfRun(RunFolder.Open(run!))
            : OfChance(
                TaskCatalogue.Find(random),
                Enum.Parse<PolicyProposals>(parsed.GetValue(_proposals)!),
                parsed.GetValue(_hidden));
        PolicyLatency latency = LatencyGate.Measure(policy);
        latency.Require(policy.Where);
        string? folder = isCheck ? null : Publish(policy, target, run);
        Print(
            new ExportResult(
                folder,
                policy.Manifest.Name,
                policy.Manifest.Sha256,
                policy.Manifest.Parity,
                latency,
                latency.BudgetMicroseconds),
            parsed.GetValue(_json));
        return ExitCode.Success;
    }

    private static string Publish(TaskPolicyFile policy, string? target, string? run)
    {
        if (target is null)
        {
            return new PolicyShelf(RunFolder.Open(run!).Policies).Add(policy);
        }

        PolicyExport.Publish(policy, target);
        return target;
    }

    private static TaskPolicyFile OfRun(RunFolder folder) =>
        TrainedPolicy.OfNewestSnapshot(folder, TaskCatalogue.Find(folder.Options.Task));

    private static TaskPolicyFile OfChance(
        IRobotTask task, PolicyProposals proposals, int hidden)
    {
        const ulong Seed = 1;
        HybridNetworks networks = RandomNetworks.Draw(
            task.Description, proposals, new PolicySizes { Width = hidden }, Seed);
        var origin = new PolicyOrigin
        {
            MadeBy = PolicyExport.Program,
            Seed = Seed,
            EnvironmentSteps = 0,
            UpdateCount = 0,
            ConfigurationSha256 = "",
        };
        return PolicyExport.Make(
            networks, new DenseReference(networks), task, "random", origin, []);
    }

    private static void Print(ExportResult result, bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(result, Format));
            return;
        }

        PolicyLatency latency = result.Latency;
        string[] lines =
        [
            result.Name,
            FormattableString.Invariant(
                $"  parity: {result.Parity.LargestDifference:g2} ")
                + FormattableString.Invariant($"over {result.Parity.StateCount} states"),
            FormattableString.Invariant(
                $"  a call: p50 {latency.P50Microseconds:0} µs, ")
                + FormattableString.Invariant($"p99 {latency.P99Microseconds:0} µs ")
                + FormattableString.Invariant($"of {result.BudgetMicroseconds:0} µs, ")
                + FormattableString.Invariant($"{latency.BytesPerCall:0.##} bytes"),
            "  " + (result.Policy ?? "checked; nothing written"),
        ];
        Console.Out.WriteLine(string.Join('\n', lines));
    }
}
