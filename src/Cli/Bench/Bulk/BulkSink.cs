using System.Diagnostics;
using System.Globalization;
using HilRig.Bridge.Bulk;
using HilRig.Bridge.Isaac;
using HilRig.Bridge.Isaac.Driving;
using HilRig.Bridge.Isaac.Messages;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;

namespace HilRig.Cli.Bench.Bulk;

/// <summary>The reading side of the bulk bench.</summary>
internal sealed class BulkSink
{
    private const double SustainedHertz = 59.4;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FrameWait = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan EndWait = TimeSpan.FromSeconds(5);

    private readonly BulkReader[] _readers;
    private readonly IsaacDriver _driver;
    private readonly BulkListener _listener;
    private CameraTally[] _rings = [];
    private CameraTally _zeroMq = new();
    private volatile bool _stop;

    private BulkSink(BulkReader[] readers, IsaacDriver driver, BulkListener listener)
    {
        _readers = readers;
        _driver = driver;
        _listener = listener;
    }

    /// <summary>Starts the source, measures, ends it.</summary>
    /// <param name="side">Pixels a side.</param>
    /// <param name="length">How long.</param>
    /// <exception cref="DeviceException">The source does not start, or sends nothing.</exception>
    internal static BulkBenchResult Measure(int side, TimeSpan length)
    {
        using IsaacDriver driver = IsaacDriver.Open(new IsaacDriverOptions
        {
            Ports = new IsaacPorts { Stream = 0, Control = 0, Settings = 0, Effector = 0 },
            ImageSize = new IsaacImageSize(side, side),
        });
        using Process source = Start(side, driver.Ports.Stream);
        BulkReader[] readers = [];
        try
        {
            string endpoint = source.StandardOutput.ReadLine()
                ?? throw new DeviceException("the bench's source does not start");
            using var listener = new BulkListener(endpoint);
            readers =
            [
                .. Enumerable.Range(0, BulkBench.RingCount)
                    .Select(camera => BulkReader.Open(BulkSource.RingPath(source.Id, camera))),
            ];
            var sink = new BulkSink(readers, driver, listener);
            return sink.Run(source, side, length);
        }
        finally
        {
            foreach (BulkReader reader in readers)
            {
                reader.Dispose();
            }

            if (!source.HasExited)
            {
                source.Kill();
            }
        }
    }

    private static Process Start(int side, int port)
    {
        string program = Environment.ProcessPath ?? "hilrig";
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [typeof(BulkSink).Assembly.Location]
            : [];
        string[] role =
        [
            "bench", "bulk",
            "--source", port.ToString(CultureInfo.InvariantCulture),
            "--side", side.ToString(CultureInfo.InvariantCulture),
        ];
        return Process.Start(new ProcessStartInfo(program, [.. self, .. role])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new DeviceException("the bench's source does not start");
    }

    private BulkBenchResult Run(Process source, int side, TimeSpan length)
    {
        var rings = new Thread(ReadRings) { Name = "bench-rings" };
        var zeroMq = new Thread(ReadZeroMq) { Name = "bench-zeromq" };
        Reset();
        rings.Start();
        zeroMq.Start();
        Thread.Sleep(WarmUp);
        Reset();
        int[] collections = Collections();
        long allocated = GC.GetTotalAllocatedBytes();
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long started = MonotonicClock.NowNanoseconds;
        Thread.Sleep(length);
        double seconds = (MonotonicClock.NowNanoseconds - started) / 1e9;
        CameraTally[] counted = _rings;
        CameraTally countedZeroMq = _zeroMq;
        _stop = true;
        rings.Join();
        zeroMq.Join();
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        double used = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        int[] after = Collections();
        source.StandardInput.Close();
        string[] said = (source.StandardOutput.ReadLine() ?? "").Split(' ');
        source.WaitForExit(EndWait);
        if (said.Length != 3)
        {
            throw new DeviceException("the bench's source ended early");
        }

        List<BulkCameraResult> cameras =
        [
            .. counted.Select(camera => camera.Finish("shared memory", seconds)),
            countedZeroMq.Finish("zeromq", seconds),
        ];
        int sourceCollections = int.Parse(said[1], CultureInfo.InvariantCulture);
        double sourceSeconds = double.Parse(said[2], CultureInfo.InvariantCulture);
        int[] during = [after[0] - collections[0], after[1] - collections[1],
            after[2] - collections[2]];
        long frames = counted.Sum(camera => camera.Frames) + countedZeroMq.Frames;
        return new BulkBenchResult(
            side,
            BulkBench.RateHertz,
            seconds,
            cameras,
            during,
            frames == 0 ? double.NaN : (double)allocated / frames,
            used / seconds,
            sourceSeconds / (seconds + WarmUp.TotalSeconds),
            sourceCollections,
            long.Parse(said[0], CultureInfo.InvariantCulture),
            during[2] == 0 && sourceCollections == 0 && cameras.All(camera =>
                camera.FramesPerSecond >= SustainedHertz && camera.Torn == 0));
    }

    private static int[] Collections() =>
        [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];

    private void Reset()
    {
        _rings = [.. Enumerable.Range(0, BulkBench.RingCount).Select(_ => new CameraTally())];
        _zeroMq = new CameraTally();
    }

    private void ReadRings()
    {
        while (!_stop)
        {
            if (_listener.TryReceive((int)FrameWait.TotalMilliseconds, out BulkHandle handle))
            {
                CameraTally[] tallies = _rings;
                for (int camera = 0; camera < _readers.Length; camera++)
                {
                    Look(_readers[camera], tallies[camera], handle);
                }
            }
        }
    }

    private static void Look(BulkReader reader, CameraTally tally, in BulkHandle handle)
    {
        if (!reader.TryTake(handle, out BulkImage image))
        {
            return;
        }

        long number = tally.Look(image.Color, image.Depth);
        if (reader.IsIntact(image))
        {
            tally.Count(
                number,
                image.Color.Length + image.Depth.Length,
                MonotonicClock.NowNanoseconds - handle.CapturedNanoseconds);
        }
        else
        {
            tally.Torn++;
        }
    }

    private void ReadZeroMq()
    {
        while (!_stop)
        {
            if (_driver.TryTakeFrame(FrameWait, out IsaacFrame? frame))
            {
                CameraTally tally = _zeroMq;
                long number = tally.Look(frame.Color, frame.Depth);
                double captured = frame.Clock?.SimulatedSeconds ?? double.NaN;
                long age = MonotonicClock.NowNanoseconds - (long)(captured * 1e9);
                tally.Count(number, frame.MessageBytes, age);
            }
        }
    }
}
