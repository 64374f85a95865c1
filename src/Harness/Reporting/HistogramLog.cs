using HdrHistogram;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting;

/// <summary>
/// Writes latency histograms, ns, as one HdrHistogram log (format 1.3) with the hop as the tag of
/// each line, in the order of a tick.
/// </summary>
internal static class HistogramLog
{
    /// <summary>Writes the log of a run.</summary>
    /// <param name="stream">Receives the log and stays open.</param>
    /// <param name="run">The run, with its histograms.</param>
    public static void Write(Stream stream, RunResult run)
    {
        long start = run.StartedUtc.ToUnixTimeMilliseconds();
        var histograms = new List<HistogramBase>();
        foreach (string key in LatencyKeys.All)
        {
            if (run.Histograms.TryGetValue(key, out LongHistogram? histogram)
                && histogram.TotalCount > 0)
            {
                HistogramBase copy = histogram.Copy();
                copy.Tag = key;
                copy.StartTimeStamp = start;
                copy.EndTimeStamp = start + (long)(run.DurationSeconds * 1000);
                histograms.Add(copy);
            }
        }

        HistogramLogWriter.Write(stream, run.StartedUtc.UtcDateTime, [.. histograms]);
    }
}
