using System.CommandLine;
using System.Globalization;
using HilRig.Cli.Bench;
using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Rig.Doctor;
using HilRig.Rig.Files;

namespace HilRig.Cli.Doctor;

/// <summary>
/// `hilrig doctor`: what this machine and rig can do, what to fix first, and the rate to expect.
/// Exit code 20 when a finding fails, else 0.
/// </summary>
internal static class DoctorCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var rig = new Option<string?>("--rig")
        {
            Description = "Rig file: its buses are asked too. Nothing is written, nothing moves.",
        };
        var folder = new Option<string>("--out")
        {
            Description = "Folder that runs are recorded in.",
            DefaultValueFactory = _ => Environment.CurrentDirectory,
        };
        Option<double> seconds = BenchOptions.Ranged(
            "--seconds", "Time of each wake-up measurement, s", 3.0, 0.2, 600);
        var skipBridge = new Option<bool>("--skip-bridge")
        {
            Description = "Do not measure the lanes between host and agent (saves about 10 s).",
        };
        Option<bool> json = BenchOptions.Json();
        var command = new Command(
            "doctor", "What this machine and rig can do, what to fix, and the rate to expect.")
        {
            rig, folder, seconds, skipBridge, json,
        };
        command.SetAction(parsed =>
        {
            DoctorReport report = Examine(
                parsed.GetValue(rig),
                parsed.GetRequiredValue(folder),
                () => DoctorProbes.Run(
                    parsed.GetValue(seconds), parsed.GetValue(skipBridge)));
            Console.Out.WriteLine(parsed.GetValue(json)
                ? report.ToJson()
                : Describe(report));
            return report.ExitCode;
        });
        return command;
    }

    private static DoctorReport Examine(
        string? rigPath, string folder, Func<DoctorMeasurements> measure)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new DeviceException(
                "the doctor knows Linux only",
                remedy: "timing verdicts elsewhere are Inconclusive in any case");
        }

        if (!Directory.Exists(folder))
        {
            throw new ScenarioException("The folder does not exist", folder);
        }

        RigDescription? rig = rigPath is null ? null : RigFile.Load(rigPath);
        return Checkup.Make(new MachineFiles(), measure(), rig, folder);
    }

    private static string Describe(DoctorReport report)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        MachineSummary machine = report.Machine;
        text.WriteLine($"{machine.Processor}, {machine.ProcessorCount} processors, "
            + $"Linux {machine.Kernel}, preemption {machine.Preemption}");
        foreach (Finding finding in report.Findings)
        {
            string word = finding.Severity switch
            {
                Severity.Ok => "ok  ",
                Severity.Warn => "warn",
                Severity.Fail => "FAIL",
            };
            text.WriteLine($"{word}  {finding.Id,-24} {finding.Figure}");
            if (finding.Severity != Severity.Ok)
            {
                text.WriteLine($"        why: {finding.Why}");
                text.WriteLine($"        fix: {finding.Fix ?? "none known"}");
            }
        }

        text.WriteLine();
        LoopPrediction expected = report.Prediction;
        text.WriteLine($"rate to expect: {expected.TypicalRateHertz:F0} Hz mostly, "
            + $"{expected.RateHertz:F0} Hz for 99 of 100 ticks ({expected.Buses})");
        text.WriteLine("    p50 µs    p99 µs");
        foreach (LoopPart part in expected.Parts)
        {
            text.WriteLine(
                $"  {part.P50Microseconds,8:F0}  {part.P99Microseconds,8:F0}  {part.Name}");
        }

        return text.ToString().TrimEnd();
    }
}
