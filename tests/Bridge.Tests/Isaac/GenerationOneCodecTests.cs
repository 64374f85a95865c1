using CsCheck;
using Google.Protobuf;
using HilRig.Bridge.Isaac.Messages;
using HilRig.Bridge.Isaac.Protos;
using HilRig.Bridge.Isaac.Wire;
using HilRig.Core.Errors;

namespace HilRig.Bridge.Tests.Isaac;

public sealed class GenerationOneCodecTests
{
    private static readonly IsaacCameraCommand Turn = new([0.5, 0, -1], 24);

    [Test]
    public void A_camera_command_is_the_bytes_of_the_field_table() =>
        Assert.That(
            ControlCodec.Of(Turn).ToByteArray(), Is.EqualTo(GenerationOneGolden.CameraCommand));

    [Test]
    public void A_setting_is_the_bytes_of_the_field_table() =>
        Assert.That(
            ControlCodec.OfSettings(true).ToByteArray(),
            Is.EqualTo(GenerationOneGolden.SettingsOn));

    [Test]
    public void An_effector_goal_is_the_bytes_of_the_field_table() =>
        Assert.That(
            ControlCodec.Of(new IsaacEffectorCommand([0.4, 0, 0.3], true)).ToByteArray(),
            Is.EqualTo(GenerationOneGolden.EffectorCommand));

    [Test]
    public void A_frame_is_read_as_the_field_table_says()
    {
        byte[] bytes = GenerationOneGolden.Frame;
        StreamStatus status = StreamCodec.Decode(bytes, out StreamParts parts);
        Assert.That(status, Is.EqualTo(StreamStatus.Ok));
        Assert.Multiple(() =>
        {
            Assert.That(parts.Clock, Is.EqualTo(new IsaacClock(1 / 64.0, 1 / 32.0, 1.5, 2.5)));
            Assert.That(parts.Camera!.ViewMatrix, Is.EqualTo(new[] { 1.0, 2 }));
            Assert.That(parts.Camera.Scale, Is.EqualTo(new[] { 0.5 }));
            Assert.That(parts.Camera.Intrinsics, Is.EqualTo(new[] { 3.0, 4 }));
            Assert.That(
                parts.Boxes,
                Is.EqualTo(new[] { new IsaacBox(7, "class:block", 0, 0, 1, 0, 0.25f) }));
            Assert.That(bytes[parts.Color], Is.EqualTo(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }));
            Assert.That(BitConverter.ToSingle(bytes[parts.Depth], 4), Is.EqualTo(2));
        });
    }

    [Test]
    public void A_frame_is_written_as_the_generated_code_reads_it()
    {
        ClientStreamMessage head = StreamCodec.Head(
            new IsaacClock(1, 2, 3, 4),
            new IsaacCamera([1, 2], [3], [4]),
            [new IsaacBox(9, "class:jaw", 1, 2, 3, 4, 0.5f)]);
        var bytes = new byte[StreamCodec.SizeOf(head, 8)];
        StreamCodec.Encode(
            head, [1, 2, 3, 4, 5, 6, 7, 8], [9, 9, 9, 9, 8, 8, 8, 8], bytes);

        var read = ClientStreamMessage.Parser.ParseFrom(bytes);
        Assert.Multiple(() =>
        {
            Assert.That(read.Clock.SimTime, Is.EqualTo(3));
            Assert.That(read.Bbox2D.Info.IdToLabels["9"], Is.EqualTo("class:jaw"));
            Assert.That(read.ColorImage.ToByteArray(), Is.EqualTo(bytes[^18..^10]));
            Assert.That(read.DepthImage.Length, Is.EqualTo(8));
            Assert.That(read.ToByteArray(), Is.EqualTo(bytes));
        });
    }

    [Test]
    public void A_command_on_the_streams_port_is_foreign()
    {
        byte[][] commands =
        [
            GenerationOneGolden.CameraCommand,
            GenerationOneGolden.EffectorCommand,
            GenerationOneGolden.SettingsOn,
        ];
        Assert.That(
            commands.Select(bytes => StreamCodec.Decode(bytes, out _)),
            Has.All.Not.EqualTo(StreamStatus.Ok));
    }

    [Test]
    public void Every_truncation_is_read_or_refused_but_never_thrown()
    {
        byte[] bytes = GenerationOneGolden.Frame;
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.DoesNotThrow(() => StreamCodec.Decode(bytes.AsSpan(0, length), out _));
        }

        Assert.That(
            StreamCodec.Decode(bytes.AsSpan(0, bytes.Length - 1), out _),
            Is.EqualTo(StreamStatus.Malformed));
    }

    [Test]
    public void Random_bytes_are_refused_but_never_thrown() =>
        Check.Sample(
            Gen.Byte.Array[0, 200],
            bytes => _ = StreamCodec.Decode(bytes, out _),
            iter: 20_000);

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    public void A_camera_command_cannot_lack_its_focal_length(double focalLength) =>
        Assert.Throws<ScenarioException>(() => new IsaacCameraCommand([0, 0, 0], focalLength));

    [Test]
    public void No_goal_cannot_be_sent_as_the_origin() =>
        Assert.Throws<ScenarioException>(() => new IsaacEffectorCommand([0, 0, 0]));
}
