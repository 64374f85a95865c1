using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using HilRig.Core.Rigs;

namespace HilRig.Cli.Bench.Stops;

/// <summary>
/// `hilrig bench stop`: kills, freezes and cuts real processes of a virtual rig in motion, causes
/// in turn, at instants drawn from a seed, and prints how soon the arm stood still by the
/// emulator's own stamps.
/// </summary>
internal static class StopBench
{
    private const double TargetBeyondDeadmanMilliseconds = 20;
    private const double DelaySpreadSeconds = 1.5;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    /// <summary>The command.</summary>
    internal static Command Create()
    {
        var kills = new Option<int>("--kills")
        {
            Description = "Kills altogether, causes in turn, 1 to 10000.",
            DefaultValueFactory = _ => 100,
        };
        kills.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                result.AddError("--kills must be 1 to 10000");
            }
        });
        var rig = new Option<string>("--rig")
        {
            Description = "A virtual rig.",
            DefaultValueFactory = _ => "rigs/so101-virtual.yaml",
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Seed of the instants.",
            DefaultValueFactory = _ => 1,
        };
        var cause = new Option<StopBenchCause?>("--cause") { Description = "Only this cause." };
        var keep = new Option<string?>("--keep")
        {
            Description = "New folder that keeps every run's files; default: a temporary one.",
        };
        keep.Validators.Add(result =>
        {
            if (Directory.Exists(result.GetValueOrDefault<string?>()))
            {
                result.AddError("--keep must name a folder that does not exist yet");
            }
        });
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command(
            "stop", "Stop times of a virtual rig whose processes are killed and frozen.")
        {
            kills, rig, seed, cause, keep, json,
        };
        command.SetAction(parsed =>
        {
            StopBenchCause[] causes = parsed.GetValue(cause) is { } only
                ? [only]
                : Enum.GetValues<StopBenchCause>();
            StopBenchResult result = Measure(
                parsed.GetRequiredValue(rig),
                causes,
                parsed.GetValue(kills),
                parsed.GetValue(seed),
                parsed.GetValue(keep));
            Console.Out.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(result, Format)
                : Describe(result));
        });
        return command;
    }

    private static StopBenchResult Measure(
        string rigPath, StopBenchCause[] causes, int kills, int seed, string? keep)
    {
        string folder = keep is null
            ? Directory.CreateTempSubdirectory("hilrig-stop-").FullName
            : Directory.CreateDirectory(keep).FullName;
        try
        {
            RigDescription rig = StopBenchScenario.Load(rigPath);
            causes = Possible(rig, causes);
            var random = new Random(seed);
            var samples = new List<StopSample>();
            for (int k = 0; k < kills; k++)
            {
                string place = Directory.CreateDirectory(Path.Combine(
                    folder, k.ToString("0000", CultureInfo.InvariantCulture))).FullName;
                samples.Add(MeasureOne(
                    rig, place, causes[k % causes.Length], random.NextDouble()));
                Say(k, samples[^1]);
            }

            return Sum(rig, seed, samples);
        }
        finally
        {
            if (keep is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static StopBenchCause[] Possible(RigDescription rig, StopBenchCause[] causes)
    {
        if (rig.EmergencyStop?.Kind == EmergencyStopKind.Virtual || causes.Length == 1)
        {
            return causes;
        }

        Console.Error.WriteLine($"{rig.Name} has no virtual 'emergencyStop': not pressed.");
        return [.. causes.Where(cause => cause != StopBenchCause.EmergencyStop)];
    }

    private static StopSample MeasureOne(
        RigDescription rig, string place, StopBenchCause cause, double instant)
    {
        double seconds = instant * DelaySpreadSeconds;
        string scenario = Path.Combine(place, "stop-bench.yaml");
        File.WriteAllText(
            scenario, StopBenchScenario.Text(rig.Path, StopBenchFaults.Of(cause), seconds));
        bool needsTerminal = cause is StopBenchCause.AgentKilledMidPacket or StopBenchCause.BusGone;
        using var trial = new StopTrial(rig, scenario, place, needsTerminal);
        return trial.Run(
            cause, TimeSpan.FromSeconds(StopBenchScenario.MotionStartSeconds + seconds));
    }

    private static StopBenchResult Sum(RigDescription rig, int seed, List<StopSample> samples)
    {
        double deadman = rig.DeadmanSeconds * 1e3;
        double target = deadman + TargetBeyondDeadmanMilliseconds;
        StopBenchRow all = StopBenchRow.Of("all", samples, deadman);
        return new StopBenchResult(
            rig.Name,
            seed,
            deadman,
            target,
            StopBenchScenario.PeakRadiansPerSecond,
            [
                .. samples.GroupBy(sample => sample.Cause).Select(
                    group => StopBenchRow.Of(group.Key.ToString(), [.. group], deadman)),
            ],
            all,
            all.DisturbedCount == 0 && all.LeftBehindCount == 0
                && samples.TrueForAll(sample => IsAsItShouldBe(sample, target)));
    }

    // Where no stop can reach the servos they coast to their last goals: no time of ours.
    private static bool IsAsItShouldBe(StopSample sample, double targetMilliseconds) =>
        StopBenchFaults.CanBeConfirmed(sample.Cause)
            ? sample.Stop is { Acknowledged: true } stop
                && stop.StoppedAfterMilliseconds <= targetMilliseconds
            : sample.Stop is { Acknowledged: false, StoppedAfterMilliseconds: not null };

    private static void Say(int kill, StopSample sample)
    {
        double? stopped = sample.Stop?.StoppedAfterMilliseconds;
        Console.Error.WriteLine(
            FormattableString.Invariant($"{kill,5} {sample.Cause,-22}{stopped,7:F1} ms, by ")
            + $"{sample.Stop?.By} ({sample.Stop?.Cause}), confirmed: {sample.Stop?.Acknowledged}");
    }

    private static string Describe(StopBenchResult result)
    {
        var text = new StringBuilder();
        CultureInfo culture = CultureInfo.InvariantCulture;
        text.Append(culture, $"stop of {result.Rig}, goals up to {result.PeakRadiansPerSecond} ");
        text.Append(culture, $"rad/s, deadman {result.DeadmanMilliseconds:F0} ms, ");
        text.AppendLine(culture, $"seed {result.Seed}; ms from the cause");
        text.AppendLine(
            "cause                    n  stopped p50     max  − deadman | decided p50    max "
            + "| wire p50    max | confirmed  left  disturbed");
        foreach (StopBenchRow row in result.Causes.Append(result.All))
        {
            text.Append(culture, $"{row.Cause,-22}{row.Count,4}{row.StoppedP50,13:F1}");
            text.Append(culture, $"{row.StoppedMax,8:F1}{row.OverDeadmanMax,11:F1} ");
            text.Append(culture, $"|{row.DecidedP50,12:F1}{row.DecidedMax,7:F1} ");
            text.Append(culture, $"|{row.WireP50,9:F1}{row.WireMax,7:F1} ");
            text.Append(culture, $"|{row.AcknowledgedCount,5}/{row.Count,-4}");
            text.AppendLine(culture, $"{row.LeftBehindCount,5}{row.DisturbedCount,11}");
        }

        string verdict = result.MeetsTarget ? "met" : "MISSED";
        text.Append(culture, $"target: longest ≤ {result.TargetMilliseconds:F0} ms, ");
        text.Append(culture, $"confirmed (BusGone: neither), none left: {verdict}");
        return text.ToString();
    }
}
