using System.Globalization;
using HilRig.Core.RealTime;

namespace HilRig.Rig.Doctor.Probes;

/// <summary>Whether recordings fit onto the disk, and how fast they get there.</summary>
internal static class StorageProbe
{
    private const int BlockBytes = 1024 * 1024;
    private const int Blocks = 32;
    private const double BytesPerGigabyte = 1e9;

    // A tick of six joints is about 600 bytes before compression; 1 kHz of it, and room to spare.
    private const double NeededBytesPerSecond = 5e6;
    private const double FreeBytesMin = 1e9;
    private const double FreeBytesEnough = 10e9;

    /// <summary>Writes 32 MB to a folder, synchronised, and removes them.</summary>
    /// <param name="folder">Where runs are recorded.</param>
    public static IEnumerable<Finding> Run(string folder)
    {
        const string WhyFree = "a full disk ends a run";
        double free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        string figure = string.Create(
            CultureInfo.InvariantCulture, $"{free / BytesPerGigabyte:F1} GB free");
        yield return new(
            "disk-space",
            free < FreeBytesMin ? Severity.Fail
                : free < FreeBytesEnough ? Severity.Warn
                : Severity.Ok,
            figure,
            WhyFree,
            free < FreeBytesEnough ? "free some, or record elsewhere with --out" : null)
        {
            Rank = 25,
        };
        const string WhyRate = "a recorder that falls behind ends a run";
        double rate = Measure(folder);
        yield return new(
            "disk-rate",
            rate < NeededBytesPerSecond ? Severity.Warn : Severity.Ok,
            string.Create(CultureInfo.InvariantCulture, $"{rate / 1e6:F0} MB/s, synchronised"),
            WhyRate,
            rate < NeededBytesPerSecond ? "record to another disk with --out" : null)
        {
            Rank = 26,
        };
    }

    private static double Measure(string folder)
    {
        string path = Path.Combine(folder, $".hilrig-doctor-{Environment.ProcessId}");
        byte[] block = new byte[BlockBytes];
        new Random(1).NextBytes(block);
        try
        {
            long start = MonotonicClock.NowNanoseconds;
            using (FileStream file = File.Create(path))
            {
                for (int i = 0; i < Blocks; i++)
                {
                    file.Write(block);
                }

                file.Flush(flushToDisk: true);
            }

            double seconds = (MonotonicClock.NowNanoseconds - start) / 1e9;
            return Blocks * (double)BlockBytes / seconds;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
