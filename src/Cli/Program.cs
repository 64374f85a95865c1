using System.CommandLine;
using HilRig.Cli.Bench;
using HilRig.Cli.Bench.Commands;
using HilRig.Cli.Bench.Bulk;
using HilRig.Cli.Bench.Gate;
using HilRig.Cli.Bench.Policies;
using HilRig.Cli.Clocks;
using HilRig.Cli.Doctor;
using HilRig.Cli.Episodes;
using HilRig.Cli.Errors;
using HilRig.Cli.Keys;
using HilRig.Cli.Isaac;
using HilRig.Cli.Learning;
using HilRig.Cli.Processes;
using HilRig.Cli.Recordings;
using HilRig.Cli.Running;
using HilRig.Cli.Sim;

namespace HilRig.Cli;

/// <summary>The `hilrig` command.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        bool learnsOnRig = LearnRigCommand.Takes(arguments);
        if (LearnCommand.Takes(arguments) && !learnsOnRig)
        {
            return Guarded.Run(() => LearnProgram.Run(arguments[1..]));
        }

        var root = new RootCommand("Hardware-in-the-loop test harness for robot arms.")
        {
            RunCommand.Create(),
            ProcessCommands.CreateEmulate(),
            ProcessCommands.CreateAgent(),
            ProcessCommands.CreateGuardian(),
            ProcessCommands.CreateRearm(),
            BridgeCommand.Create(),
            KeysCommand.Create(),
            ConnectCommand.Create(),
            ProcessCommands.CreateInflict(),
            RecoverCommand.Create(),
            DoctorCommand.Create(),
            ClockCommand.Create(),
            SimCommand.Create(),
            EpisodesCommand.Create(),
            IsaacCommand.Create(),
            learnsOnRig ? LearnRigCommand.Create() : LearnCommand.Create(),
            new Command("bench", "Latency benches, each beside its control in the same run.")
            {
                LoopBench.Create(),
                BridgeBench.Create(),
                SoakBench.Create(),
                GateBenchCommand.Create(),
                SerialBench.Create(),
                CommandBench.Create(),
                PolicyBench.Create(),
                BulkBench.Create(),
                Bench.DeviceClock.DeviceClockBench.Create(),
                Bench.Stops.StopBench.Create(),
            },
        };
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine("hilrig: " + error.Message);
            }

            Console.Error.WriteLine("Try: hilrig " + CommandPath(parsed) + "--help");
            return ExitCode.Usage;
        }

        return Guarded.Run(() => parsed.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        }));
    }

    private static string CommandPath(ParseResult parsed)
    {
        string path = "";
        for (var result = parsed.CommandResult; result.Parent is not null;
            result = (System.CommandLine.Parsing.CommandResult)result.Parent)
        {
            path = result.Command.Name + " " + path;
        }

        return path;
    }
}
