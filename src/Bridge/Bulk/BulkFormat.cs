using HilRig.Core.Errors;

namespace HilRig.Bridge.Bulk;

/// <summary>
/// What a ring of images holds. Each frame has a colour plane (RGBA8) and a depth plane (float32).
/// </summary>
/// <param name="Width">Columns, 1 to 4096.</param>
/// <param name="Height">Rows, 1 to 4096.</param>
/// <param name="SlotCount">
/// Frames in the ring, 2 to 64. A reader has SlotCount - 1 periods to look at a frame in place.
/// </param>
public readonly record struct BulkFormat(int Width, int Height, int SlotCount = 4)
{
    private const int SideMax = 4096;

    /// <summary>Bytes of one plane.</summary>
    public int PlaneBytes => Width * Height * 4;

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ScenarioException">One is out of range.</exception>
    public void Validate()
    {
        if (Width is < 1 or > SideMax || Height is < 1 or > SideMax || SlotCount is < 2 or > 64)
        {
            throw new ScenarioException(
                "the format of an image ring is out of range",
                expected: $"1 to {SideMax} pixels a side, 2 to 64 frames",
                found: $"{Width} x {Height}, {SlotCount} frames");
        }
    }
}
