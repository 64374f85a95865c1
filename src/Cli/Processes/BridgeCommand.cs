using System.CommandLine;
using HilRig.Cli.Running;
using HilRig.Rig.Processes;

namespace HilRig.Cli.Processes;

/// <summary>`hilrig bridge`: the remote lane of an agent.</summary>
internal static class BridgeCommand
{
    private const int PortMax = 65534;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var agent = new Argument<string>("agent")
        {
            Description = "Rig file of an agent on this machine, or its address (shm:PATH).",
        };
        var port = new Option<int>("--port")
        {
            Description = "Port of 127.0.0.1 for control; states are at the next one. 0: any.",
        };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > PortMax)
            {
                result.AddError($"--port: expected 0 to {PortMax}.");
            }
        });
        var keep = new Option<bool>("--keep")
        {
            Description = "Start it again when it ends, each time later.",
        };
        var supervised = new Option<bool>("--supervised")
        {
            Description = "End when standard input ends.",
            Hidden = true,
        };
        var command = new Command("bridge", "Serve an agent to remote hosts over ZeroMQ.")
        {
            agent, port, keep, supervised,
        };
        command.SetAction(parsed =>
        {
            string address = parsed.GetRequiredValue(agent);
            if (parsed.GetValue(keep))
            {
                using StopSignals foreground = StopSignals.OfForeground();
                return BridgeKeeper.Run(
                    address, parsed.GetValue(port), Console.Error.WriteLine, foreground.Stop);
            }

            bool isSupervised = parsed.GetValue(supervised);
            using StopSignals signals =
                isSupervised ? StopSignals.OfChild() : StopSignals.OfForeground();
            return BridgeProcess.Run(address, parsed.GetValue(port), isSupervised, signals.Stop);
        });
        return command;
    }
}
