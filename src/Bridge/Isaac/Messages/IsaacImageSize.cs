using HilRig.Core.Errors;

namespace HilRig.Bridge.Isaac.Messages;

/// <summary>Size of a camera's images.</summary>
/// <param name="Width">Columns, 1 to 4096.</param>
/// <param name="Height">Rows, 1 to 4096.</param>
public readonly record struct IsaacImageSize(int Width, int Height)
{
    private const int SideMax = 4096;

    /// <summary>The size Isaac's examples use.</summary>
    public static IsaacImageSize Standard => new(720, 720);

    /// <summary>Bytes of a colour image (RGBA8), and of a depth image (float32).</summary>
    public int PlaneBytes => Width * Height * 4;

    /// <summary>Checks the size.</summary>
    /// <exception cref="ScenarioException">A side is out of range.</exception>
    public void Validate()
    {
        if (Width is < 1 or > SideMax || Height is < 1 or > SideMax)
        {
            throw new ScenarioException(
                "the size of the images is out of range",
                expected: $"1 to {SideMax} pixels a side",
                found: $"{Width} x {Height}");
        }
    }
}
