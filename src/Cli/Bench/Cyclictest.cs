using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace HilRig.Cli.Bench;

/// <summary>
/// The control of `hilrig bench loop`: rt-tests' own cyclictest, asked for the same sleep
/// (clock_nanosleep, absolute), priority, interval and locked memory; it holds cpu_dma_latency at 0
/// itself. Its histogram is read in ns.
/// </summary>
internal static class Cyclictest
{
    private const string Program = "cyclictest";
    private const string Remedy = "install rt-tests (Debian: apt install rt-tests)";

    // The largest histogram it offers; with -N its buckets are nanoseconds.
    private const int BucketCount = 1_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs it once.</summary>
    /// <param name="periodNanoseconds">Interval, ns; whole microseconds.</param>
    /// <param name="count">Wakes.</param>
    /// <param name="priority">SCHED_FIFO priority; 0 for ordinary scheduling.</param>
    /// <param name="processor">Processor to stay on; -1 for any.</param>
    /// <returns>The lateness of each wake, ns, sorted.</returns>
    /// <exception cref="MissingControl">It is not there, or does not do what is asked.</exception>
    public static long[] Run(long periodNanoseconds, int count, int priority, int processor)
    {
        string histogram = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(Program)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (string argument in Arguments(
                periodNanoseconds, count, priority, processor, histogram))
            {
                start.ArgumentList.Add(argument);
            }

            Execute(start, TimeSpan.FromTicks(periodNanoseconds * count / 100) + Patience);
            return Parse(File.ReadLines(histogram), count);
        }
        finally
        {
            File.Delete(histogram);
        }
    }

    /// <summary>Reads a histogram of `-N -h`.</summary>
    /// <param name="lines">Its lines: bucket and count, then a summary after '#'.</param>
    /// <param name="expected">Wakes there must be.</param>
    /// <returns>
    /// The lateness of each wake, ns, sorted; a wake beyond the last bucket counts as that.
    /// </returns>
    /// <exception cref="MissingControl">It has another number of wakes.</exception>
    internal static long[] Parse(IEnumerable<string> lines, int expected)
    {
        const string Overflows = "# Histogram Overflows:";
        var lateness = new List<long>(expected);
        int beyond = 0;
        foreach (string line in lines)
        {
            if (line.StartsWith(Overflows, StringComparison.Ordinal))
            {
                beyond = int.Parse(line.AsSpan(Overflows.Length), CultureInfo.InvariantCulture);
            }
            else if (!line.StartsWith('#') && line.Split(' ') is [string bucket, string wakes])
            {
                int times = int.Parse(wakes, CultureInfo.InvariantCulture);
                long nanoseconds = long.Parse(bucket, CultureInfo.InvariantCulture);
                lateness.AddRange(Enumerable.Repeat(nanoseconds, times));
            }
        }

        lateness.AddRange(Enumerable.Repeat((long)BucketCount, beyond));
        return lateness.Count == expected
            ? [.. lateness]
            : throw new MissingControl(
                Program, $"{lateness.Count} wakes in place of {expected}", Remedy);
    }

    private static string[] Arguments(
        long periodNanoseconds, int count, int priority, int processor, string histogram) =>
    [
        "-q", "-m", "-N", "-t", "1",
        "-p", Text(priority),
        "-i", Text(periodNanoseconds / 1000),
        "-l", Text(count),
        "-h", Text(BucketCount),
        "--histfile=" + histogram,
        .. processor < 0 ? Array.Empty<string>() : ["-a", Text(processor)],
    ];

    private static void Execute(ProcessStartInfo start, TimeSpan limit)
    {
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(limit))
            {
                process.Kill();
                throw new MissingControl(
                    Program, $"no end after {limit.TotalSeconds:F0} s", Remedy);
            }

            _ = output.Result;
            if (process.ExitCode != 0)
            {
                throw new MissingControl(
                    Program, $"exit {process.ExitCode}: {errors.Result.Trim()}",
                    "run it with the rights for SCHED_FIFO, or --priority 0");
            }
        }
        catch (Win32Exception error)
        {
            throw new MissingControl(Program, error.Message, Remedy);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
