namespace HilRig.Bridge.Bulk;

/// <summary>
/// Where things lie in the file of an image ring, little endian. Head: 0 magic "HILRIGIM", 8
/// version, 16 ring id, 24 width, 28 height, 32 slot count, 64 newest sequence. Slots follow from
/// 4096, each a multiple of 4096 long: 0 state, 8 captured ns, 16 published ns, 64 colour, then
/// depth. State is 2 · sequence - 1 while the frame is written and 2 · sequence once it is whole.
/// Sequence n, from 1, lies in slot (n - 1) mod count.
/// </summary>
internal static class BulkLayout
{
    public const long Magic = 0x4D494749_524C4948;
    public const long Version = 1;
    public const int PageBytes = 4096;
    public const int VersionAt = 8;
    public const int RingIdAt = 16;
    public const int WidthAt = 24;
    public const int HeightAt = 28;
    public const int SlotCountAt = 32;
    public const int NewestAt = 64;
    public const int CapturedAt = 8;
    public const int PublishedAt = 16;
    public const int ColorAt = 64;

    /// <summary>Bytes from one slot to the next.</summary>
    public static long Stride(BulkFormat format) =>
        (ColorAt + (2L * format.PlaneBytes) + PageBytes - 1) / PageBytes * PageBytes;

    /// <summary>Bytes of the whole file.</summary>
    public static long FileBytes(BulkFormat format) =>
        PageBytes + (format.SlotCount * Stride(format));
}
