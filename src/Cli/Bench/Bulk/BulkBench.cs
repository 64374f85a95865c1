using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using HilRig.Cli.Errors;

namespace HilRig.Cli.Bench.Bulk;

/// <summary>
/// `hilrig bench bulk`: four cameras through shared memory and one over ZeroMQ, 720 x 720 RGBA and
/// depth at 60 Hz, from another process; every byte is looked at.
/// </summary>
internal static class BulkBench
{
    /// <summary>Cameras through shared memory.</summary>
    internal const int RingCount = 4;

    /// <summary>Frames a second of each camera.</summary>
    internal const double RateHertz = 60;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    /// <summary>The command.</summary>
    internal static Command Create()
    {
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long, 1 to 600 s.",
            DefaultValueFactory = _ => 10,
        };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 600)
            {
                result.AddError("--seconds must be 1 to 600");
            }
        });
        var side = new Option<int>("--side")
        {
            Description = "Pixels a side, 16 to 2048.",
            DefaultValueFactory = _ => 720,
        };
        side.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 16 or > 2048)
            {
                result.AddError("--side must be 16 to 2048");
            }
        });
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var source = new Option<int?>("--source") { Hidden = true };
        var command = new Command(
            "bulk", "Cameras at 60 Hz: four by shared memory, one over ZeroMQ.")
        {
            seconds, side, json, source,
        };
        command.SetAction(parsed =>
        {
            int pixels = parsed.GetValue(side);
            if (parsed.GetValue(source) is { } port)
            {
                return BulkSource.Run(pixels, port);
            }

            BulkBenchResult result = BulkSink.Measure(
                pixels, TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            Console.Out.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(result, Format)
                : Describe(result));
            return ExitCode.Success;
        });
        return command;
    }

    private static string Describe(BulkBenchResult result)
    {
        IEnumerable<string> rows = result.Cameras.Select(camera => string.Create(
            CultureInfo.InvariantCulture,
            $"  {camera.Lane,-14}{camera.FramesPerSecond,9:F2}{camera.MegabytesPerSecond,9:F1}"
            + $"{camera.Dropped,9}{camera.Torn,7}{camera.AgeP50Milliseconds,11:F2}"
            + $"{camera.AgeMaxMilliseconds,9:F2}"));
        string target = result.MeetsTarget ? "met" : "MISSED";
        string collections = string.Join(", ", result.Collections);
        double reader = result.ReaderProcessors;
        double source = result.SourceProcessors;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {result.Side}² RGBA and depth at {result.RateHertz:F0} Hz, {result.Seconds:F1} s
              camera           frames/s   MB/s  dropped   torn  age p50 ms   max
            {string.Join('\n', rows)}
              reader: gen 0, 1, 2 collections {collections}
              reader: {result.AllocatedBytesPerFrame:F0} bytes allocated a frame
              processor: reader {reader:F2}, source {source:F2} cores
              source: {result.SourceMissedTicks} ticks missed, {result.SourceCollections} gen 2
              target 59.4 frames/s each, none torn, no gen 2 on either side: {target}
            """);
    }
}
