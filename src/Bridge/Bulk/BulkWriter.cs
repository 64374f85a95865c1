using HilRig.Core.Errors;
using HilRig.Core.RealTime;

namespace HilRig.Bridge.Bulk;

/// <summary>
/// The writing end of a ring of images in shared memory. Whoever renders writes into the ring
/// itself; readers never hold it up: it overwrites the oldest frame. Allocates nothing per frame.
/// </summary>
/// <remarks>One writer a ring, one thread.</remarks>
public sealed class BulkWriter : IDisposable
{
    private readonly BulkMap _map;
    private readonly long _stride;
    private bool _isWriting;

    private BulkWriter(string path, BulkFormat format, BulkMap map)
    {
        Path = path;
        Format = format;
        _map = map;
        _stride = BulkLayout.Stride(format);
    }

    /// <summary>The file; disposing deletes it.</summary>
    public string Path { get; }

    /// <summary>What it holds.</summary>
    public BulkFormat Format { get; }

    /// <summary>Which ring it is; goes into every handle.</summary>
    public long RingId { get; private init; }

    /// <summary>Number of the newest whole frame; 0 before the first.</summary>
    public long Sequence { get; private set; }

    /// <summary>Colour plane of the frame that is being written, RGBA8.</summary>
    public Span<byte> Color => Plane(0);

    /// <summary>Depth plane of the frame that is being written, float32.</summary>
    public Span<byte> Depth => Plane(Format.PlaneBytes);

    private long Slot => BulkLayout.PageBytes + (Sequence % Format.SlotCount * _stride);

    /// <summary>Makes a ring, over an old one of that name.</summary>
    /// <param name="path">File to make, best in memory (/dev/shm).</param>
    /// <param name="format">What it holds.</param>
    /// <exception cref="DeviceException">The memory cannot be had.</exception>
    /// <exception cref="ScenarioException">The format is out of range.</exception>
    public static BulkWriter Create(string path, BulkFormat format)
    {
        format.Validate();
        BulkMap map = BulkMap.Create(path, BulkLayout.FileBytes(format));
        long id = MonotonicClock.NowNanoseconds;
        map.Number(BulkLayout.WidthAt) = format.Width;
        map.Number(BulkLayout.HeightAt) = format.Height;
        map.Number(BulkLayout.SlotCountAt) = format.SlotCount;
        map.Word(BulkLayout.RingIdAt) = id;
        map.Word(BulkLayout.VersionAt) = BulkLayout.Version;
        Volatile.Write(ref map.Word(0), BulkLayout.Magic);
        return new BulkWriter(path, format, map) { RingId = id };
    }

    /// <summary>
    /// Begins a frame: from now on the oldest one in the ring is gone, and <see cref="Color"/> and
    /// <see cref="Depth"/> may be written.
    /// </summary>
    public void Begin()
    {
        Volatile.Write(ref _map.Word(Slot), (2 * (Sequence + 1)) - 1);

        // Readers must see the frame as broken before they can see any of its new bytes.
        Interlocked.MemoryBarrier();
        _isWriting = true;
    }

    /// <summary>Publishes the frame.</summary>
    /// <param name="capturedNanoseconds">When it was taken, CLOCK_MONOTONIC ns.</param>
    /// <returns>What to tell readers.</returns>
    public BulkHandle Commit(long capturedNanoseconds)
    {
        Invariant.Require(_isWriting, "a frame is begun before it is published");
        _isWriting = false;
        long published = MonotonicClock.NowNanoseconds;
        long slot = Slot;
        _map.Word(slot + BulkLayout.CapturedAt) = capturedNanoseconds;
        _map.Word(slot + BulkLayout.PublishedAt) = published;
        Sequence++;
        Volatile.Write(ref _map.Word(slot), 2 * Sequence);
        Volatile.Write(ref _map.Word(BulkLayout.NewestAt), Sequence);
        return new BulkHandle(RingId, Sequence, capturedNanoseconds, published);
    }

    /// <summary>Unmaps and deletes the ring; readers keep what they have mapped.</summary>
    public void Dispose()
    {
        _map.Dispose();
        File.Delete(Path);
    }

    private Span<byte> Plane(int offset)
    {
        Invariant.Require(_isWriting, "planes are written between begin and publish");
        return _map.Span(Slot + BulkLayout.ColorAt + offset, Format.PlaneBytes);
    }
}
