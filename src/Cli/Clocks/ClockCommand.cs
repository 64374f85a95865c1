using System.CommandLine;
using System.Text.Json;
using HilRig.Bridge.Clocks;
using HilRig.Cli.Running;
using HilRig.Core.RealTime;

namespace HilRig.Cli.Clocks;

/// <summary>`hilrig clock`: what is known of a peer's clock, live; or answers such questions.
/// </summary>
internal static class ClockCommand
{
    private static readonly TimeSpan FirstTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var address = new Argument<string?>("address")
        {
            Description = "The peer's clock, such as udp://127.0.0.1:5755.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var serve = new Option<int?>("--serve")
        {
            Description = "Answer on this UDP port of 127.0.0.1 instead; 0: any.",
        };
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long, s; 0: until Ctrl-C.",
            DefaultValueFactory = _ => 0,
        };
        var period = new Option<int>("--period")
        {
            Description = "Time between two questions, ms (10 to 10000).",
            DefaultValueFactory = _ => 100,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object a second." };
        var command = new Command(
            "clock", "Offset and skew of a peer's clock, with the bound of their error.")
        {
            address, serve, seconds, period, json,
        };
        AddRange(serve, 0, 65535);
        AddRange(seconds, 0, 1_000_000);
        AddRange(period, 10, 10_000);
        command.Validators.Add(result =>
        {
            bool hasAddress = result.GetResult(address) is { Tokens.Count: > 0 };
            if (hasAddress == (result.GetResult(serve) is { Implicit: false }))
            {
                result.AddError("Name either an address or --serve PORT.");
            }
        });
        command.SetAction(parsed => parsed.GetValue(serve) is { } port
            ? Serve(port, parsed.GetValue(seconds))
            : Watch(
                parsed.GetValue(address)!,
                TimeSpan.FromMilliseconds(parsed.GetValue(period)),
                parsed.GetValue(seconds),
                parsed.GetValue(json)));
        return command;
    }

    private static void AddRange<T>(Option<T> option, int min, int max) =>
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0
                && (!int.TryParse(result.Tokens[0].Value, out int value)
                    || value < min
                    || value > max))
            {
                result.AddError($"{option.Name}: expected {min} to {max}.");
            }
        });

    private static int Serve(int port, int seconds)
    {
        using StopSignals signals = StopSignals.OfForeground();
        using UdpClockResponder responder = UdpClockResponder.Start(port);
        Console.Out.WriteLine($"udp://127.0.0.1:{responder.Port}");
        Await(signals, seconds == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds));
        return 0;
    }

    private static int Watch(string address, TimeSpan period, int seconds, bool isJson)
    {
        using StopSignals signals = StopSignals.OfForeground();
        using PeerClock clock = PeerClock.Start(
            ClockAddress.Parse(address), new PeerClockOptions { Period = period });
        clock.AwaitFirst(FirstTimeout);
        if (!isJson)
        {
            Console.Out.WriteLine(ClockRow.Heading);
        }

        for (int i = 0; seconds == 0 || i < seconds; i++)
        {
            if (Await(signals, TimeSpan.FromSeconds(1)))
            {
                break;
            }

            ClockRow row = ClockRow.Of(address, clock, MonotonicClock.NowNanoseconds);
            Console.Out.WriteLine(isJson
                ? JsonSerializer.Serialize(row, JsonSerializerOptions.Web)
                : row.Text());
        }

        return 0;
    }

    private static bool Await(StopSignals signals, TimeSpan time) =>
        signals.Stop.WaitHandle.WaitOne(time);
}
