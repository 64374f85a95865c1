using HilRig.Bridge.Isaac.Wire;
using NetMQ;

namespace HilRig.Bridge.Isaac.Messages;

/// <summary>
/// One frame of Isaac's camera stream. Reused: what it shows is good until the next frame is taken.
/// Images lie where they were received; nothing copies them.
/// </summary>
public sealed class IsaacFrame
{
    private readonly List<IsaacBox> _boxes = [];
    private Msg _message;
    private Range _color;
    private Range _depth;

    internal IsaacFrame() => _message.InitEmpty();

    /// <summary>When it arrived, CLOCK_MONOTONIC ns.</summary>
    public long ArrivedNanoseconds { get; internal set; }

    /// <summary>Isaac's clocks; null when the frame carries none.</summary>
    public IsaacClock? Clock { get; private set; }

    /// <summary>The camera; null when the frame carries none.</summary>
    public IsaacCamera? Camera { get; private set; }

    /// <summary>Boxes around what it sees.</summary>
    public IReadOnlyList<IsaacBox> Boxes => _boxes;

    /// <summary>Raw RGBA8, rows from the top; empty when the frame carries none.</summary>
    public ReadOnlySpan<byte> Color => Bytes[_color];

    /// <summary>
    /// Raw little-endian float32, distance to the camera; empty when the frame carries none.
    /// </summary>
    public ReadOnlySpan<byte> Depth => Bytes[_depth];

    /// <summary>Bytes of the whole message.</summary>
    public int MessageBytes => _message.Size;

    private ReadOnlySpan<byte> Bytes => _message.Slice(0, _message.Size);

    /// <summary>The message to receive into; the one before goes back to its pool.</summary>
    internal ref Msg Message => ref _message;

    /// <summary>Reads what was received.</summary>
    /// <param name="size">Size that images must have.</param>
    internal StreamStatus Decode(IsaacImageSize size)
    {
        Clock = null;
        Camera = null;
        _color = _depth = default;
        _boxes.Clear();
        StreamStatus status = StreamCodec.Decode(Bytes, out StreamParts parts);
        if (status != StreamStatus.Ok)
        {
            return status;
        }

        if (!IsPlane(parts.Color, size) || !IsPlane(parts.Depth, size))
        {
            return StreamStatus.WrongImageSize;
        }

        Clock = parts.Clock;
        Camera = parts.Camera;
        _boxes.AddRange(parts.Boxes);
        _color = parts.Color;
        _depth = parts.Depth;
        return StreamStatus.Ok;
    }

    /// <summary>Gives the bytes back.</summary>
    internal void Release()
    {
        _color = _depth = default;
        if (_message.IsInitialised)
        {
            _message.Close();
        }

        _message.InitEmpty();
    }

    private static bool IsPlane(Range range, IsaacImageSize size)
    {
        int length = range.End.Value - range.Start.Value;
        return length == 0 || length == size.PlaneBytes;
    }
}
