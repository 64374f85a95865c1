using System.CommandLine;
using HilRig.Bridge.Isaac.StandIn;
using HilRig.Bridge.Isaac.Topics;
using HilRig.Cli.Errors;
using HilRig.Cli.Running;
using HilRig.Rig.Isaac;

namespace HilRig.Cli.Isaac;

/// <summary>`hilrig isaac`: both ends of Isaac Sim's ZeroMQ bridges.</summary>
internal static class IsaacCommand
{
    /// <summary>Makes the command with its verbs.</summary>
    public static Command Create() => new("isaac", "Isaac Sim: drive one, or stand in for one.")
    {
        IsaacDrive.Create(),
        CreateStandIn(),
    };

    private static Command CreateStandIn()
    {
        var options = new IsaacOptions();
        var model = new Option<string>("--model")
        {
            Description = "MJCF file of the arm.",
            Required = true,
        };
        Option<bool> skipMeshes = Flag(
            "--skip-meshes", "Go on without mesh geoms instead of refusing them.");
        var server = new Option<string>("--server")
        {
            Description = "Host of the program that drives Isaac.",
            DefaultValueFactory = _ => "127.0.0.1",
        };
        Option<bool> fixSettings = Flag(
            "--fix-settings", "Give the settings command the effect it lacks in Isaac.");
        Option<bool> noImages = Flag(
            "--no-images", "Generation 2: joint states and clock only.");
        var rate = new Option<double>("--rate")
        {
            Description = "Frames a second of simulated time.",
            DefaultValueFactory = _ => 60,
        };
        var command = new Command("stand-in", "Be an Isaac Sim, fed by our simulator.")
        {
            model, skipMeshes, server, fixSettings, noImages, rate,
        };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var job = new IsaacStandInJob(
                new IsaacStandInJobOptions
                {
                    ModelPath = parsed.GetRequiredValue(model),
                    SkipMeshes = parsed.GetValue(skipMeshes),
                    Generation = options.Generation(parsed),
                    Numbers = IsaacFieldNumbers.Load(options.Fields(parsed)),
                    SendImages = !parsed.GetValue(noImages),
                    RateHertz = parsed.GetValue(rate),
                    DurationSeconds = options.Seconds(parsed),
                    StandIn = new IsaacStandInOptions
                    {
                        Host = parsed.GetRequiredValue(server),
                        Ports = options.Ports(parsed),
                        ImageSize = options.Size(parsed),
                        FixSettings = parsed.GetValue(fixSettings),
                    },
                },
                Console.Out.WriteLine);
            using StopSignals signals = StopSignals.OfForeground();
            job.Run(signals.Stop);
            return ExitCode.Success;
        });
        return command;
    }

    private static Option<bool> Flag(string name, string description) =>
        new(name) { Description = description };
}
