using System.CommandLine;

namespace HilRig.Cli.Bench.Gate;

/// <summary>`hilrig bench gate`.</summary>
internal static class GateBenchCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<int> rate = BenchOptions.Ranged(
            "--rate", "Rate of the paced part, Hz.", 1000, 10, 10_000);
        Option<int> seconds = BenchOptions.Ranged(
            "--seconds", "Turns of a thousand round trips for each.", 10, 1, 3600);
        Option<int> priority = BenchOptions.Ranged(
            "--priority", "SCHED_FIFO priority of the loops, 0 for ordinary.", 70, 0, 99);
        Option<string?> remote = BridgeBenchCommand.Role<string?>("--remote");
        Option<string?> keys = BridgeBenchCommand.Role<string?>("--keys");
        Option<bool> json = BenchOptions.Json();
        var command = new Command(
            "gate", "Round trip through TLS and the gate, beside the ZeroMQ lane alone.")
        {
            rate, seconds, priority, json, remote, keys,
        };
        command.SetAction(parsed =>
        {
            using var others = BridgeBenchCommand.EnterProcess(parsed.GetValue(priority));
            if (parsed.GetValue(remote) is { } agent && parsed.GetValue(keys) is { } folder)
            {
                GatePeer.Serve(agent, folder);
                return;
            }

            BridgeBenchResult result = GateBench.Measure(new GateBenchOptions(
                parsed.GetValue(rate), parsed.GetValue(seconds), parsed.GetValue(priority)));
            BenchOptions.Print(result, parsed.GetValue(json), BridgeBenchTable.Describe);
        });
        return command;
    }
}
