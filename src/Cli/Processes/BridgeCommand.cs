using System.CommandLine;
using HilRig.Bridge.Security.Keys;
using HilRig.Cli.Keys;
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
        Func<ParseResult, GateSettings?> gate = AddGateOptions(out Option[] gateOptions);
        var command = new Command("bridge", "Serve an agent to remote hosts over ZeroMQ.")
        {
            agent, port, keep, supervised,
        };
        foreach (Option option in gateOptions)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            string address = parsed.GetRequiredValue(agent);
            if (parsed.GetValue(keep))
            {
                using StopSignals foreground = StopSignals.OfForeground();
                return BridgeKeeper.Run(
                    address,
                    parsed.GetValue(port),
                    gate(parsed),
                    Console.Error.WriteLine,
                    foreground.Stop);
            }

            bool isSupervised = parsed.GetValue(supervised);
            using StopSignals signals =
                isSupervised ? StopSignals.OfChild() : StopSignals.OfForeground();
            return BridgeProcess.Run(
                address, parsed.GetValue(port), gate(parsed), isSupervised, signals.Stop);
        });
        return command;
    }

    private static Func<ParseResult, GateSettings?> AddGateOptions(out Option[] options)
    {
        var listen = new Option<string?>("--listen")
        {
            Description = "Let other machines in by TLS at ADDRESS:PORT, such as 0.0.0.0:7420.",
        };
        var key = new Option<string>("--key")
        {
            Description = "Key of this machine that the gate shows.",
            DefaultValueFactory = _ => KeyName.Default,
        };
        Option<string?> allow = KeysCommand.AllowOption();
        Option<string?> folder = KeysCommand.FolderOption();
        options = [listen, key, allow, folder];
        return parsed => parsed.GetValue(listen) is { } address
            ? new GateSettings(
                address,
                parsed.GetValue(allow),
                parsed.GetRequiredValue(key),
                parsed.GetValue(folder))
            : null;
    }
}
