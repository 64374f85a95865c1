using System.Globalization;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using HilRig.Bridge.Isaac.Messages;
using HilRig.Bridge.Isaac.Protos;

namespace HilRig.Bridge.Isaac.Wire;

/// <summary>
/// Camera stream of the first generation. Images are found and written in place, because the
/// generated code would make megabytes of garbage a frame; the small parts are left to it.
/// </summary>
internal static class StreamCodec
{
    private const int BoxField = ClientStreamMessage.Bbox2DFieldNumber;
    private const int ClockField = ClientStreamMessage.ClockFieldNumber;
    private const int CameraField = ClientStreamMessage.CameraFieldNumber;
    private const int ColorField = ClientStreamMessage.ColorImageFieldNumber;
    private const int DepthField = ClientStreamMessage.DepthImageFieldNumber;

    /// <summary>Reads a message.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="parts">What it holds; absent parts are null or empty.</param>
    public static StreamStatus Decode(ReadOnlySpan<byte> bytes, out StreamParts parts)
    {
        IsaacClock? clock = null;
        IsaacCamera? camera = null;
        IReadOnlyList<IsaacBox> boxes = [];
        Range color = default;
        Range depth = default;
        parts = default;
        var cursor = new ProtoCursor(bytes);
        while (cursor.Next())
        {
            if (cursor.WireType != ProtoCursor.Delimited)
            {
                continue;
            }

            bool good = true;
            switch (cursor.Field)
            {
                case BoxField:
                    good = TryParse(cursor.Content, out BBox2D? found);
                    boxes = good ? Boxes(found!) : [];
                    break;
                case ClockField:
                    good = TryParse(cursor.Content, out Clock? time);
                    clock = good ? Clock(time!) : null;
                    break;
                case CameraField:
                    good = TryParse(cursor.Content, out Camera? lens);
                    camera = good ? Camera(lens!) : null;
                    break;
                case ColorField:
                    color = Place(bytes, cursor.Content);
                    break;
                case DepthField:
                    depth = Place(bytes, cursor.Content);
                    break;
            }

            if (!good)
            {
                return StreamStatus.Malformed;
            }
        }

        if (cursor.IsMalformed)
        {
            return StreamStatus.Malformed;
        }

        // Proto3 has no types on the wire: a command on this port reads as a frame without anything
        // that makes a frame.
        bool isFrame = clock is not null || camera is not null
            || !color.Equals(default) || !depth.Equals(default);
        parts = new StreamParts(clock, camera, boxes, color, depth);
        return isFrame ? StreamStatus.Ok : StreamStatus.Foreign;
    }

    /// <summary>The small parts of a frame, ready to be written.</summary>
    /// <param name="clock">Clocks.</param>
    /// <param name="camera">Camera.</param>
    /// <param name="boxes">Boxes.</param>
    public static ClientStreamMessage Head(
        IsaacClock clock, IsaacCamera camera, IReadOnlyList<IsaacBox> boxes)
    {
        var head = new ClientStreamMessage
        {
            Bbox2D = new BBox2D { Info = new BBox2DInfo() },
            Clock = new Clock
            {
                SimDt = clock.SimulatedDeltaSeconds,
                SysDt = clock.SystemDeltaSeconds,
                SimTime = clock.SimulatedSeconds,
                SysTime = clock.SystemSeconds,
            },
            Camera = new Camera(),
        };
        head.Camera.ViewMatrixRos.Add(camera.ViewMatrix);
        head.Camera.CameraScale.Add(camera.Scale);
        head.Camera.IntrinsicsMatrix.Add(camera.Intrinsics);
        foreach (IsaacBox box in boxes)
        {
            head.Bbox2D.Data.Add(new BBox2DType
            {
                SemanticId = box.SemanticId,
                XMin = box.MinX,
                YMin = box.MinY,
                XMax = box.MaxX,
                YMax = box.MaxY,
                OcclusionRatio = box.OcclusionRatio,
            });
            head.Bbox2D.Info.BboxIds.Add(head.Bbox2D.Info.BboxIds.Count);
            head.Bbox2D.Info.IdToLabels[Key(box.SemanticId)] = box.Label;
        }

        return head;
    }

    /// <summary>Bytes of a frame.</summary>
    /// <param name="head">Its small parts.</param>
    /// <param name="planeBytes">Bytes of each image.</param>
    public static int SizeOf(ClientStreamMessage head, int planeBytes) =>
        head.CalculateSize()
        + ProtoBuffer.SizeOfDelimited(ColorField, planeBytes)
        + ProtoBuffer.SizeOfDelimited(DepthField, planeBytes);

    /// <summary>Writes a frame.</summary>
    /// <param name="head">Its small parts.</param>
    /// <param name="color">RGBA8.</param>
    /// <param name="depth">Float32.</param>
    /// <param name="target">Where to; exactly as long as <see cref="SizeOf"/> says.</param>
    public static void Encode(
        ClientStreamMessage head,
        ReadOnlySpan<byte> color,
        ReadOnlySpan<byte> depth,
        Span<byte> target)
    {
        int size = head.CalculateSize();
        head.WriteTo(target[..size]);
        var buffer = new ProtoBuffer(target[size..]);
        buffer.Content(ColorField, color);
        buffer.Content(DepthField, depth);
    }

    private static bool TryParse<T>(ReadOnlySpan<byte> bytes, out T? message)
        where T : class, IMessage<T>, new()
    {
        message = HilRig.Bridge.Wire.Frames.Parse<T>(bytes);
        return message is not null && HasKnownField(message, bytes.Length);
    }

    // A setting on this port reads as a clock of fields that no clock has.
    private static bool HasKnownField<T>(T message, int length)
        where T : class, IMessage<T>, new() =>
        length == 0 || message.Descriptor.Fields.InFieldNumberOrder()
            .Any(field => IsSet(field, message));

    private static bool IsSet(FieldDescriptor field, IMessage message) =>
        field.Accessor.GetValue(message) switch
        {
            System.Collections.ICollection many => many.Count > 0,
            double number => number != 0,
            { } part => part is IMessage,
            null => false,
        };

    private static Range Place(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> part)
    {
        int start = part.IsEmpty ? 0 : (int)Unsafe.ByteOffset(
            ref Unsafe.AsRef(in whole[0]), ref Unsafe.AsRef(in part[0]));
        return start..(start + part.Length);
    }

    private static IsaacClock Clock(Clock clock) =>
        new(clock.SimDt, clock.SysDt, clock.SimTime, clock.SysTime);

    private static IsaacCamera Camera(Camera camera) => new(
        [.. camera.ViewMatrixRos], [.. camera.CameraScale], [.. camera.IntrinsicsMatrix]);

    private static List<IsaacBox> Boxes(BBox2D found)
    {
        var boxes = new List<IsaacBox>(found.Data.Count);
        foreach (BBox2DType box in found.Data)
        {
            string label = found.Info is { } labels
                && labels.IdToLabels.TryGetValue(Key(box.SemanticId), out string? text) ? text : "";
            boxes.Add(new IsaacBox(
                box.SemanticId, label, box.XMin, box.YMin, box.XMax, box.YMax, box.OcclusionRatio));
        }

        return boxes;
    }

    private static string Key(uint semanticId) =>
        semanticId.ToString(CultureInfo.InvariantCulture);
}
