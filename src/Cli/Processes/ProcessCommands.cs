using System.CommandLine;
using HilRig.Cli.Running;
using HilRig.Devices.Guardian;
using HilRig.Devices.Virtual.Faults;
using HilRig.Devices.Virtual.Server;
using HilRig.Rig.Faults;
using HilRig.Rig.Processes;
using HilRig.Rig.Running;

namespace HilRig.Cli.Processes;

/// <summary>
/// `hilrig agent`, `hilrig guardian`, `hilrig emulate`: the processes of a rig, by hand.
/// </summary>
internal static class ProcessCommands
{
    // Above the agent's 70: servos do not wait for the computer they hang on.
    private const int BusPriority = 80;

    private static readonly Option<bool> Supervised = new("--supervised")
    {
        Description = "End when standard input ends (set by 'hilrig run').",
        Hidden = true,
    };

    /// <summary>The agent.</summary>
    public static Command CreateAgent() => Create(
        "agent", "Own the buses of a rig and act on one host's commands.", AgentProcess.Run);

    /// <summary>The guardian.</summary>
    public static Command CreateGuardian() => Create(
        "guardian", "Own the stop of a rig when its agent or host dies.", GuardianProcess.Run);

    /// <summary>Harms processes for a scenario; only `hilrig run` starts it.</summary>
    public static Command CreateInflict()
    {
        var command = new Command("inflict", "Kill and halt processes for a scenario's faults.")
        {
            Hidden = true,
        };
        command.SetAction(_ =>
        {
            using StopSignals signals = Signals(isSupervised: true);
            return InflictProcess.Run(signals.Stop);
        });
        return command;
    }

    /// <summary>Clears a latched stop.</summary>
    public static Command CreateRearm()
    {
        Argument<string> rig = RigArgument();
        var agent = new Option<string?>("--agent")
        {
            Description = "A running agent: rig, shm:PATH, tcp://… or tls://… (an admin key).",
        };
        Option<string[]> ports = PortOption();
        var command = new Command(
            "rearm", "Clear a rig's latched stop, after looking at the rig.") { rig, agent, ports };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(rig);
            if (parsed.GetValue(agent) is { } address)
            {
                Console.Out.WriteLine($"Cleared: {HostedAgent.Rearm(path, address)}.");
                return 0;
            }

            LatchedStop? stop = GuardianProcess.Rearm(new ProcessArguments
            {
                RigPath = path,
                Ports = parsed.GetRequiredValue(ports),
            });
            Console.Out.WriteLine(stop is null
                ? "No stop was latched. A running agent keeps its own: see --agent."
                : $"Cleared: {stop.Reason} at {stop.Time:u}. {stop.Detail}");
            return 0;
        });
        return command;
    }

    /// <summary>The emulator.</summary>
    public static Command CreateEmulate()
    {
        Argument<string> rig = RigArgument();
        var tcp = new Option<int?>("--tcp")
        {
            Description = "Serve on this TCP port of 127.0.0.1; 0: any.",
        };
        tcp.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 0 or > 65535)
            {
                result.AddError("--tcp: expected a port from 0 to 65535.");
            }
        });
        var log = new Option<string?>("--log")
        {
            Description = "File for the log that --replay replays.",
        };
        var events = new Option<string?>("--events")
        {
            Description = "File for the arm's events, JSON lines.",
        };
        var replay = new Option<string?>("--replay")
        {
            Description = "Replay a log and print its state hash.",
        };
        var faults = new Option<string[]>("--fault")
        {
            Description = "What goes wrong, such as 'off id=4 after=2.5'; may be repeated.",
            DefaultValueFactory = _ => [],
        };
        var command = new Command("emulate", "Serve a rig's virtual arm, byte for byte.")
        {
            rig, tcp, log, events, replay, faults, Supervised,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(rig);
            if (parsed.GetValue(replay) is { } recorded)
            {
                return EmulatorReplay.Run(path, recorded, Console.Out);
            }

            var options = new VirtualBusOptions
            {
                EventLogPath = parsed.GetValue(events),
                ArmLogPath = parsed.GetValue(log),
                FifoPriority = BusPriority,
                Faults = [.. parsed.GetRequiredValue(faults).Select(t => FaultText.Parse(t))],
            };
            if ((parsed.GetValue(tcp) ?? PortOfVirtualBuses()) is { } port)
            {
                options = options with { Port = VirtualBusPort.Tcp, TcpPort = port };
            }

            using StopSignals signals = Signals(parsed.GetValue(Supervised));
            return EmulatorProcess.Run(path, options, parsed.GetValue(Supervised), signals.Stop);
        });
        return command;
    }

    private static Command Create(
        string name, string description, Func<ProcessArguments, CancellationToken, int> run)
    {
        Argument<string> rig = RigArgument();
        Option<string[]> ports = PortOption();
        var page = new Option<string?>("--page")
        {
            Description = "Heartbeat page shared by the processes.",
        };
        var state = new Option<string?>("--state") { Description = "Folder of lease and latch." };
        var command = new Command(name, description) { rig, ports, page, state, Supervised };
        command.SetAction(parsed =>
        {
            bool isSupervised = parsed.GetValue(Supervised);
            using StopSignals signals = Signals(isSupervised);
            return run(
                new ProcessArguments
                {
                    RigPath = parsed.GetRequiredValue(rig),
                    Ports = parsed.GetRequiredValue(ports),
                    PagePath = parsed.GetValue(page),
                    StateFolder = parsed.GetValue(state),
                    IsSupervised = isSupervised,
                },
                signals.Stop);
        });
        return command;
    }

    private static StopSignals Signals(bool isSupervised) =>
        isSupervised ? StopSignals.OfChild() : StopSignals.OfForeground();

    // A pseudo-terminal's bytes wait for a kernel worker of ordinary priority; where a machine is
    // busy with other things, whoever tests what is above the bus asks for TCP in its place.
    private static int? PortOfVirtualBuses() =>
        Environment.GetEnvironmentVariable("HILRIG_VIRTUAL_BUS") == "tcp" ? 0 : null;

    private static Option<string[]> PortOption() => new("--port")
    {
        Description = "bus=port in place of the rig file's, such as servo=/dev/pts/3.",
        DefaultValueFactory = _ => [],
    };

    private static Argument<string> RigArgument() => new("rig") { Description = "Rig file." };
}
