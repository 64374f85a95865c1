using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HilRig.Core.Errors;
using HilRig.Devices.Buses;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Transports.Posix;

namespace HilRig.Cli.Bench;

/// <summary>
/// `hilrig bench serial`: cycles of a sync write and a sync read of six servos on an unpaced
/// pseudo-terminal, beside the same bytes by bare poll, read and write. The two take turns, so that
/// a busy second of the machine falls on both.
/// </summary>
internal sealed class SerialBench
{
    private const int Baud = 1_000_000;
    private const double TargetRateHertz = 3_000;
    private const int CyclesPerTurn = 250;
    private const int WarmUpTurns = 8;
    private const int BlockBytes = 15;

    private static readonly byte[] Ids = [1, 2, 3, 4, 5, 6];

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    private readonly ServoGroup _group;
    private readonly int _control;
    private readonly int[] _goals = [2048, 2048, 2048, 2048, 2048, 2048];
    private readonly byte[] _writePacket = new byte[FeetechPacket.PacketBytesMax];
    private readonly byte[] _readPacket = new byte[FeetechPacket.PacketBytesMax];
    private readonly byte[] _answer =
        new byte[Ids.Length * (FeetechPacket.OverheadBytes + BlockBytes)];
    private long _failedCycles;
    private long _allocatedBytes;

    private SerialBench(ServoGroup group, int control)
    {
        _group = group;
        _control = control;
        Span<byte> goals = stackalloc byte[Ids.Length * 2];
        for (int index = 0; index < Ids.Length; index++)
        {
            _ = Sts3215.GoalPosition.TryEncode(_goals[index], goals[(2 * index)..]);
        }

        int written = FeetechPacket.EncodeSyncWrite(
            _writePacket, Sts3215.GoalPosition.Address, 2, Ids, goals);
        int asked = FeetechPacket.EncodeSyncRead(
            _readPacket, Sts3215.PresentPosition.Address, BlockBytes, Ids);
        _writePacket = _writePacket[..written];
        _readPacket = _readPacket[..asked];
    }

    /// <summary>CLOCK_MONOTONIC on Linux, ns.</summary>
    internal static long NowNanoseconds => Stopwatch.GetTimestamp();

    /// <summary>The command.</summary>
    internal static Command Create()
    {
        var cycles = new Option<int>("--cycles")
        {
            Description = "Cycles of each of the two, 1000 to 1000000.",
            DefaultValueFactory = _ => 20_000,
        };
        cycles.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1_000 or > 1_000_000)
            {
                result.AddError("--cycles must be 1000 to 1000000");
            }
        });
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command(
            "serial", "Cycle time of the serial driver on a pseudo-terminal, beside a raw tty.")
        {
            cycles, json,
        };
        command.SetAction(parsed =>
        {
            SerialBenchResult result = Measure(parsed.GetValue(cycles) / CyclesPerTurn);
            Console.Out.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(result, Format)
                : Describe(result));
        });
        return command;
    }

    private static SerialBenchResult Measure(int turns)
    {
        using var terminal = PseudoTerminal.Open(Baud);
        using var responder = new SerialResponder(terminal, Ids, BlockBytes);
        using var bus = new FeetechBus(
            PosixSerialTransport.Open(terminal.SlavePath, Baud),
            new BusTiming { Baud = Baud });
        int control = RawTty.Open(terminal.SlavePath);
        if (control < 0)
        {
            throw new DeviceException(
                "the pseudo-terminal does not open twice", where: terminal.SlavePath);
        }

        try
        {
            return new SerialBench(new ServoGroup(bus, Ids), control).Run(turns, bus.Counters);
        }
        finally
        {
            RawTty.Close(control);
        }
    }

    private SerialBenchResult Run(int turns, BusCounters counters)
    {
        long[] driver = new long[turns * CyclesPerTurn];
        long[] control = new long[turns * CyclesPerTurn];
        for (int turn = 0; turn < WarmUpTurns; turn++)
        {
            RunDriver(driver.AsSpan(0, CyclesPerTurn));
            RunControl(control.AsSpan(0, CyclesPerTurn));
        }

        _failedCycles = 0;
        _allocatedBytes = 0;
        long retriesBefore = counters.RetryCount;
        for (int turn = 0; turn < turns; turn++)
        {
            RunDriver(driver.AsSpan(turn * CyclesPerTurn, CyclesPerTurn));
            RunControl(control.AsSpan(turn * CyclesPerTurn, CyclesPerTurn));
        }

        SerialCycles driven = SerialCycles.Of(driver);
        return new SerialBenchResult(
            Ids.Length,
            _writePacket.Length,
            _readPacket.Length,
            _answer.Length,
            driven,
            SerialCycles.Of(control),
            _failedCycles,
            counters.RetryCount - retriesBefore,
            (double)_allocatedBytes / driver.Length,
            TargetRateHertz,
            driven.RateHertzP50 >= TargetRateHertz && _allocatedBytes == 0 && _failedCycles == 0);
    }

    private void RunDriver(Span<long> nanoseconds)
    {
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        for (int cycle = 0; cycle < nanoseconds.Length; cycle++)
        {
            long start = NowNanoseconds;
            BusStatus written = _group.WriteGoals(_goals);
            BusStatus read = _group.ReadAll();
            nanoseconds[cycle] = NowNanoseconds - start;
            _failedCycles += written == BusStatus.Ok && read == BusStatus.Ok ? 0 : 1;
        }

        _allocatedBytes += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
    }

    private void RunControl(Span<long> nanoseconds)
    {
        for (int cycle = 0; cycle < nanoseconds.Length; cycle++)
        {
            long start = NowNanoseconds;
            if (!RawTty.Cycle(_control, _writePacket, _readPacket, _answer))
            {
                throw new DeviceException("the bench's own responder does not answer");
            }

            nanoseconds[cycle] = NowNanoseconds - start;
        }
    }

    private static string Describe(SerialBenchResult result)
    {
        string target = result.MeetsTarget ? "met" : "MISSED";
        double allocated = result.AllocatedBytesPerCycle;
        int answered = result.BytesAnswered;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            cycle of {result.Servos} servos, µs          p50       p99       max     p50 rate
              driver          {Row(result.Driver)}
              raw tty         {Row(result.Control)}
              {result.BytesWritten} bytes written, {result.BytesAsked} asked, {answered} answered
              {result.FailedCycles} cycles failed, {result.Retries} reads sent again
              {allocated:G3} bytes allocated a cycle
              target {result.TargetRateHertz:F0} Hz and 0 bytes: {target}
            """);
    }

    private static string Row(SerialCycles cycles) => string.Create(
        CultureInfo.InvariantCulture,
        $"{cycles.P50Microseconds,20:F1}{cycles.P99Microseconds,10:F1}"
        + $"{cycles.MaxMicroseconds,10:F1}{cycles.RateHertzP50,10:F0} Hz");
}
