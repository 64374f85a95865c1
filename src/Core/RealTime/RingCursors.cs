using System.Runtime.InteropServices;

namespace HilRig.Core.RealTime;

/// <summary>
/// Positions of an <see cref="SpscRing{T}"/>. Writer and reader each have their own cache lines
/// (128 bytes: lines are fetched in pairs), so that neither slows the other.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 384)]
internal struct RingCursors
{
    /// <summary>Items written so far.</summary>
    [FieldOffset(128)]
    public long Written;

    /// <summary>The writer's last look at <see cref="Read"/>.</summary>
    [FieldOffset(136)]
    public long ReadSeenByWriter;

    /// <summary>Items read so far.</summary>
    [FieldOffset(256)]
    public long Read;

    /// <summary>The reader's last look at <see cref="Written"/>.</summary>
    [FieldOffset(264)]
    public long WrittenSeenByReader;
}
