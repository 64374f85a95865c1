using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using HdrHistogram;
using HdrHistogram.Encoding;
using HdrHistogram.Utilities;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting;

/// <summary>
/// Writes latency histograms, ns, as one HdrHistogram log (format 1.3) with the hop as the tag of
/// each line, in the order of a tick.
/// </summary>
/// <remarks>
/// A line is tag, start in s since 1970, length in s, largest value in ms, and the histogram:
/// base64 of a cookie and a length, both big-endian, and the zlib stream of its V2 encoding.
/// Written here because HdrHistogram.NET 2.5.0 writes the file as UTF-16 and leaves the zlib stream
/// without its end, which strict readers refuse (seen with hdr-histogram-js 3).
/// </remarks>
internal static class HistogramLog
{
    private const int CompressedCookie = 0x1C849314;
    private const int PrefixBytes = 2 * sizeof(int);
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>Writes the log of a run.</summary>
    /// <param name="run">The run, with its histograms.</param>
    public static string Write(RunResult run)
    {
        double start = run.StartedUtc.ToUnixTimeMilliseconds() / 1000.0;
        var text = new StringBuilder();
        text.Append("#[Histogram log format version 1.3]\n");
        text.Append(
            CultureInfo.InvariantCulture, $"#[StartTime: {start:F3} (seconds since epoch), ");
        text.Append(CultureInfo.InvariantCulture, $"{run.StartedUtc.UtcDateTime:O}]\n");
        text.Append("\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",");
        text.Append("\"Interval_Compressed_Histogram\"\n");
        foreach (string key in LatencyKeys.All)
        {
            if (run.Histograms.TryGetValue(key, out LongHistogram? histogram)
                && histogram.TotalCount > 0)
            {
                double max = histogram.GetMaxValue() / NanosecondsPerMillisecond;
                string packed = Encode(histogram);
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"Tag={key},{start:F3},{run.DurationSeconds:F3},{max:F3},{packed}\n");
            }
        }

        return text.ToString();
    }

    private static string Encode(LongHistogram histogram)
    {
        ByteBuffer buffer = ByteBuffer.Allocate(histogram.GetNeededByteBufferCapacity());
        byte[] plain = new byte[histogram.Encode(buffer, HistogramEncoderV2.Instance)];
        buffer.Position = 0;
        for (int i = 0; i < plain.Length; i++)
        {
            plain[i] = buffer.Get();
        }

        using var packed = new MemoryStream();
        packed.Write(stackalloc byte[PrefixBytes]);
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(plain);
        }

        byte[] bytes = packed.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, CompressedCookie);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(sizeof(int)), bytes.Length - PrefixBytes);
        return Convert.ToBase64String(bytes);
    }
}
