namespace HilRig.Bridge.Bulk;

/// <summary>
/// A frame where it lies in the ring. The writer may take its place at any time: look, then ask
/// <see cref="BulkReader.IsIntact"/> whether what was seen was one frame.
/// </summary>
public readonly ref struct BulkImage
{
    internal BulkImage(
        BulkHandle handle, ReadOnlySpan<byte> color, ReadOnlySpan<byte> depth)
    {
        Handle = handle;
        Color = color;
        Depth = depth;
    }

    /// <summary>Which frame, and when it was taken.</summary>
    public BulkHandle Handle { get; }

    /// <summary>RGBA8, rows from the top.</summary>
    public ReadOnlySpan<byte> Color { get; }

    /// <summary>Float32, distance to the camera, m.</summary>
    public ReadOnlySpan<byte> Depth { get; }
}
