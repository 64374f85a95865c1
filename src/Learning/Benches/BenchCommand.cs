using System.CommandLine;
using System.Text.Json;

namespace HilRig.Learning.Benches;

/// <summary>`hilrig-learn bench`.</summary>
internal static class BenchCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var defaults = new UpdateBenchOptions();
        var peer = new Option<string?>("--peer")
        {
            Description = "Program of the same update in PyTorch: bench/learn-peer/peer.py.",
        };
        var python = new Option<string>("--python")
        {
            Description = "Python that has PyTorch.",
            DefaultValueFactory = _ => defaults.Python,
        };
        var rounds = new Option<int>("--rounds")
        {
            Description = "Turns of each side.",
            DefaultValueFactory = _ => defaults.Rounds,
        };
        var updates = new Option<int>("--updates")
        {
            Description = "Updates of a turn.",
            DefaultValueFactory = _ => defaults.Updates,
        };
        var batched = new Option<bool>("--batched")
        {
            Description = "Critics by batched products.",
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("bench", "Updates a second, beside PyTorch.")
        {
            peer, python, rounds, updates, batched, json,
        };
        command.SetAction(parsed => Print(
            UpdateBench.Measure(defaults with
            {
                Peer = parsed.GetValue(peer),
                Python = parsed.GetValue(python)!,
                Rounds = parsed.GetValue(rounds),
                Updates = parsed.GetValue(updates),
                BatchedCritics = parsed.GetValue(batched),
            }),
            parsed.GetValue(json)));
        return command;
    }

    private static void Print(UpdateBenchResult result, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(result, Json));
            return;
        }

        string clock = result.IsCpuTime ? "processor second" : "second";
        Console.Out.WriteLine(FormattableString.Invariant(
            $"{result.UpdatesPerCpuSecond:F1} updates a {clock}, {result.BytesPerUpdate:F0} B"));
        if (result.Ratio is { } ratio)
        {
            Console.Out.WriteLine(FormattableString.Invariant(
                $"peer: {result.PeerUpdatesPerCpuSecond:F1}; ratio {ratio:F2}"));
        }
    }
}
