using System.Globalization;
using HilRig.Core.Errors;

namespace HilRig.Bridge.Bulk;

/// <summary>
/// A reading end of a ring of images: maps it read-only, looks at frames in place, never blocks the
/// writer. Any number of readers. Allocates nothing per frame.
/// </summary>
/// <remarks>One thread.</remarks>
public sealed class BulkReader : IDisposable
{
    private readonly BulkMap _map;
    private readonly long _stride;
    private readonly long _ringId;
    private long _last;

    private BulkReader(BulkMap map, BulkFormat format)
    {
        _map = map;
        Format = format;
        _stride = BulkLayout.Stride(format);
        _ringId = map.Word(BulkLayout.RingIdAt);
    }

    /// <summary>What the ring holds.</summary>
    public BulkFormat Format { get; }

    /// <summary>Frames that were never looked at because this reader was slow.</summary>
    public long SkippedCount { get; private set; }

    /// <summary>Frames that the writer took back while they were looked at.</summary>
    public long TornCount { get; private set; }

    /// <summary>Opens a ring.</summary>
    /// <param name="path">Its file.</param>
    /// <exception cref="DeviceException">It cannot be opened.</exception>
    /// <exception cref="ProtocolException">It is no ring of this version.</exception>
    public static BulkReader Open(string path)
    {
        BulkMap map = BulkMap.Open(path);
        try
        {
            return new BulkReader(map, ReadFormat(path, map));
        }
        catch
        {
            map.Dispose();
            throw;
        }
    }

    /// <summary>Looks at the newest frame, once.</summary>
    /// <param name="image">The frame.</param>
    /// <returns>False when there is none that was not looked at.</returns>
    public bool TryTakeNewest(out BulkImage image)
    {
        long newest = Volatile.Read(ref _map.Word(BulkLayout.NewestAt));
        return TryTake(newest, out image);
    }

    /// <summary>Looks at the frame that a handle names.</summary>
    /// <param name="handle">What the writer sent.</param>
    /// <param name="image">The frame.</param>
    /// <returns>False when it is of another ring, was looked at, or has been overwritten.</returns>
    public bool TryTake(in BulkHandle handle, out BulkImage image)
    {
        image = default;
        return handle.RingId == _ringId && TryTake(handle.Sequence, out image);
    }

    /// <summary>
    /// Whether a frame was whole all the while it was looked at; counts it when not. Ask last.
    /// </summary>
    /// <param name="image">The frame.</param>
    public bool IsIntact(in BulkImage image)
    {
        // What was read of the frame must have been read before the state is read again.
        Interlocked.MemoryBarrier();
        long sequence = image.Handle.Sequence;
        bool intact = Volatile.Read(ref _map.Word(SlotOf(sequence))) == 2 * sequence;
        TornCount += intact ? 0 : 1;
        return intact;
    }

    /// <summary>Unmaps the ring.</summary>
    public void Dispose() => _map.Dispose();

    private static BulkFormat ReadFormat(string path, BulkMap map)
    {
        long version = map.Word(BulkLayout.VersionAt);
        if (Volatile.Read(ref map.Word(0)) != BulkLayout.Magic || version != BulkLayout.Version)
        {
            throw BulkMap.NotARing(path, string.Create(
                CultureInfo.InvariantCulture, $"another kind of file, or version {version}"));
        }

        var format = new BulkFormat(
            map.Number(BulkLayout.WidthAt),
            map.Number(BulkLayout.HeightAt),
            map.Number(BulkLayout.SlotCountAt));
        format.Validate();
        return map.Bytes == BulkLayout.FileBytes(format)
            ? format
            : throw BulkMap.NotARing(path, string.Create(
                CultureInfo.InvariantCulture, $"{map.Bytes} bytes"));
    }

    private bool TryTake(long sequence, out BulkImage image)
    {
        image = default;
        long slot = SlotOf(sequence);
        if (sequence <= _last || Volatile.Read(ref _map.Word(slot)) != 2 * sequence)
        {
            return false;
        }

        SkippedCount += sequence - _last - 1;
        _last = sequence;
        int plane = Format.PlaneBytes;
        image = new BulkImage(
            new BulkHandle(
                _ringId,
                sequence,
                _map.Word(slot + BulkLayout.CapturedAt),
                _map.Word(slot + BulkLayout.PublishedAt)),
            _map.Span(slot + BulkLayout.ColorAt, plane),
            _map.Span(slot + BulkLayout.ColorAt + plane, plane));
        return true;
    }

    private long SlotOf(long sequence) =>
        BulkLayout.PageBytes + (Math.Max(0, sequence - 1) % Format.SlotCount * _stride);
}
