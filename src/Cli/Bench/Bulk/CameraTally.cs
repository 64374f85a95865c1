using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace HilRig.Cli.Bench.Bulk;

/// <summary>Counts the frames of one camera and looks at every byte of them.</summary>
internal sealed class CameraTally
{
    private readonly long[] _ages = new long[65_536];
    private long _frames;
    private long _bytes;
    private long _first;
    private long _last;
    private ulong _sum;

    /// <summary>Frames overwritten while they were looked at.</summary>
    public long Torn { get; set; }

    /// <summary>Frames counted.</summary>
    public long Frames => _frames;

    /// <summary>Looks at a frame.</summary>
    /// <param name="color">Colour plane; its first bytes are the frame's number.</param>
    /// <param name="depth">Depth plane.</param>
    /// <returns>The number.</returns>
    public long Look(ReadOnlySpan<byte> color, ReadOnlySpan<byte> depth)
    {
        _sum += Sum(color) + Sum(depth);
        return BinaryPrimitives.ReadInt64LittleEndian(color);
    }

    /// <summary>Counts a frame that was whole.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="ageNanoseconds">From its capture until now.</param>
    public void Count(long number, long bytes, long ageNanoseconds)
    {
        _first = _frames == 0 ? number : _first;
        _last = number;
        _ages[_frames % _ages.Length] = ageNanoseconds;
        _frames++;
        _bytes += bytes;
    }

    /// <summary>What it came to.</summary>
    /// <param name="lane">How its frames came.</param>
    /// <param name="seconds">Over how long.</param>
    public BulkCameraResult Finish(string lane, double seconds)
    {
        long[] ages = _ages[..(int)Math.Min(_frames, _ages.Length)];
        Array.Sort(ages);
        return new BulkCameraResult(
            lane,
            _frames / seconds,
            _bytes / seconds / 1e6,
            _frames == 0 ? 0 : _last - _first + 1 - _frames - Torn,
            Torn,
            ages.Length == 0 ? double.NaN : ages[ages.Length / 2] / 1e6,
            ages.Length == 0 ? double.NaN : ages[^1] / 1e6);
    }

    private static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        Vector<ulong> sum = default;
        foreach (Vector<ulong> part in MemoryMarshal.Cast<byte, Vector<ulong>>(bytes))
        {
            sum += part;
        }

        return Vector.Sum(sum);
    }
}
