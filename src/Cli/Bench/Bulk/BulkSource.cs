using System.Buffers.Binary;
using System.Globalization;
using HilRig.Bridge.Bulk;
using HilRig.Bridge.Isaac;
using HilRig.Bridge.Isaac.Messages;
using HilRig.Bridge.Isaac.StandIn;
using HilRig.Cli.Errors;
using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Cli.Bench.Bulk;

/// <summary>The other process of the bulk bench: five cameras, until standard input ends.</summary>
internal static class BulkSource
{
    private const int WarmUpFrames = 30;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Name of a ring's file.</summary>
    /// <param name="processId">The source's process.</param>
    /// <param name="camera">Number of the camera.</param>
    internal static string RingPath(int processId, int camera) => Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(),
        string.Create(CultureInfo.InvariantCulture, $"hilrig-bench-{processId}-{camera}"));

    /// <summary>Runs until standard input ends; then prints what it did.</summary>
    /// <param name="side">Pixels a side.</param>
    /// <param name="port">Port of the ZeroMQ camera's reader.</param>
    internal static int Run(int side, int port)
    {
        var rings = new List<BulkWriter>();
        using var announcer = new BulkAnnouncer();
        using var isaac = new IsaacStandIn(new IsaacStandInOptions
        {
            Ports = new IsaacPorts { Stream = port },
            ImageSize = new IsaacImageSize(side, side),
        });
        try
        {
            for (int camera = 0; camera < BulkBench.RingCount; camera++)
            {
                rings.Add(BulkWriter.Create(
                    RingPath(Environment.ProcessId, camera), new BulkFormat(side, side)));
            }

            Console.Out.WriteLine(announcer.Endpoint);
            Send(rings, announcer, isaac, side, EndOfInput());
        }
        finally
        {
            rings.ForEach(ring => ring.Dispose());
        }

        return ExitCode.Success;
    }

    private static CancellationToken EndOfInput()
    {
        var end = new CancellationTokenSource();
        new Thread(() =>
        {
            while (Console.In.ReadLine() is not null)
            {
            }

            end.Cancel();
        })
        { IsBackground = true }.Start();
        return end.Token;
    }

    private static void Send(
        List<BulkWriter> rings,
        BulkAnnouncer announcer,
        IsaacStandIn isaac,
        int side,
        CancellationToken end)
    {
        byte[] color = Pattern(side, 3);
        byte[] depth = Pattern(side, 7);
        IRigClock clock = RigClock.Create();
        long period = (long)(NanosecondsPerSecond / BulkBench.RateHertz);
        long next = clock.NowNanoseconds + period;
        long late = 0;
        int collections = 0;
        for (long number = 1; !end.IsCancellationRequested; number++)
        {
            if (number == WarmUpFrames)
            {
                late = 0;
                collections = GC.CollectionCount(2);
            }

            clock.SleepUntil(next);
            long now = clock.NowNanoseconds;
            if (now > next + period)
            {
                late += (now - next) / period;
                next += (now - next) / period * period;
            }

            next += period;
            BinaryPrimitives.WriteInt64LittleEndian(color, number);
            foreach (BulkWriter ring in rings)
            {
                ring.Begin();
                color.CopyTo(ring.Color);
                depth.CopyTo(ring.Depth);
                announcer.Announce(ring.Commit(now));
            }

            var time = new IsaacClock(1 / BulkBench.RateHertz, 0, now / 1e9, 0);
            isaac.TrySend(time, IsaacCamera.Unknown, [], color, depth);
        }

        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{late} {GC.CollectionCount(2) - collections} "
            + $"{Environment.CpuUsage.TotalTime.TotalSeconds}"));
    }

    private static byte[] Pattern(int side, int factor)
    {
        var bytes = new byte[side * side * 4];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(i * factor);
        }

        return bytes;
    }
}
