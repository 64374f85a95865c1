using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using HilRig.Core.Episodes;
using HilRig.Core.Telemetry;
using HilRig.Recording.Mcap;
using HilRig.Recording.Tests.Support;
using HilRig.Recording.Ticks;

namespace HilRig.Recording.Tests.Ticks;

/// <summary>What npm @mcap/core reads from a recording, held against what was recorded.</summary>
internal sealed class ReferenceReaderTests
{
    private const int DofCount = 6;
    private const int TickCount = 600;
    private static readonly JsonFormatter Formatter =
        new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    private TestFolder _folder = null!;

    private static readonly PolicyStep Step = new(
        10,
        3,
        Proposer.Safety,
        0.25f,
        -0.5f,
        StepFlags.Clipped | StepFlags.ValueOutOfRange,
        90_000,
        "ab12");

    [SetUp]
    public void MakeFolder() => _folder = new TestFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase(McapCompression.None)]
    [TestCase(McapCompression.Lz4)]
    [TestCase(McapCompression.Zstd)]
    [CancelAfter(60_000)]
    public async Task The_reference_implementation_reads_every_message_and_schema(
        McapCompression compression, CancellationToken cancel)
    {
        string path = _folder.File("recording.mcap");
        List<TickRecord> ticks = Record(path, compression);
        JsonElement found = await NodeReader.ReadAsync(path, cancel);
        using TickRecordReader own = TickRecordReader.Open(path);

        string[] schemas = ["foxglove.JointStates", "foxglove.Log", "hilrig.recording.v1.Event",
            "hilrig.recording.v1.PolicyStep", "hilrig.recording.v1.Tick"];
        var messages = new List<JsonElement>(found.GetProperty("messages").EnumerateArray());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(NamesOf(found.GetProperty("schemas")), Is.EquivalentTo(schemas));
            Assert.That(
                found.GetProperty("streamedMessageCount").GetInt32(), Is.EqualTo(messages.Count));
            Assert.That(found.GetProperty("chunkCount").GetInt32(), Is.GreaterThan(2));
            Assert.That(
                found.GetProperty("attachments").GetProperty("scenario.yaml").GetString(),
                Is.EqualTo(own.Header.ScenarioText));
            Assert.That(
                found.GetProperty("metadata").GetProperty("hilrig.run").GetProperty(
                    "hilrig.rig_hash")
                    .GetString(),
                Is.EqualTo("0123abcd"));
            Assert.That(
                found.GetProperty("statistics").GetProperty("messageCount").GetString(),
                Is.EqualTo(messages.Count.ToString(CultureInfo.InvariantCulture)));
        }

        CheckTicks(messages, ticks, own.Header.WallClock);
        CheckJoints(messages, RecordingTopics.RealJointStates, ticks.FindAll(tick => tick.Answered),
            tick => tick.Real.Position);
        CheckJoints(messages, RecordingTopics.TwinJointStates, ticks, tick => tick.Twin.Position);
        CheckJoints(
            messages, RecordingTopics.CommandJointStates, ticks, tick => tick.Command.Position);
        CheckLog(messages);
        CheckStep(messages);
    }

    private static List<TickRecord> Record(string path, McapCompression compression)
    {
        var clock = new FakeClock();
        var ticks = new List<TickRecord>();
        var options = new McapWriterOptions { Compression = compression };
        using var sink = McapTelemetrySink.Create(
            path, RecordedTicks.Header(DofCount), clock, options);
        for (int i = 0; i < TickCount; i++)
        {
            clock.NowNanoseconds += RecordedTicks.PeriodNanoseconds;
            ticks.Add(RecordedTicks.Make(i, DofCount));
            sink.Append(ticks[^1]);
        }

        sink.AppendStep(Step);
        sink.AppendEvent(clock.NowNanoseconds, "fault", "servo 3 reports heat");
        return ticks;
    }

    private static void CheckTicks(
        List<JsonElement> messages, List<TickRecord> ticks, WallClockOffset wall)
    {
        List<JsonElement> found = OnTopic(messages, RecordingTopics.Tick);
        Assert.That(found, Has.Count.EqualTo(ticks.Count));
        for (int i = 0; i < ticks.Count; i++)
        {
            TickRecord tick = ticks[i];
            using JsonDocument expected = JsonDocument.Parse(Formatter.Format(ToMessage(tick)));
            JsonElement value = found[i].GetProperty("value");
            Assert.That(
                JsonElement.DeepEquals(value, expected.RootElement),
                Is.True,
                $"tick {i}: found {value}, expected {expected.RootElement}");
            Assert.That(Number(found[i], "sequence"), Is.EqualTo((ulong)i + 1));
            Assert.That(
                Number(found[i], "publishTime"),
                Is.EqualTo(wall.ToUnixNanoseconds(tick.Tick.PlannedNanoseconds)));
            Assert.That(
                Number(found[i], "logTime"), Is.EqualTo(
                    wall.ToUnixNanoseconds(tick.Stamps.Recorded)));
        }
    }

    private static Protos.Tick ToMessage(TickRecord tick)
    {
        Protos.Tick message = TickCodec.CreateMessage(DofCount);
        TickCodec.Encode(tick, message);
        message.Real = TickCodec.CreateState(DofCount);
        message.Twin = TickCodec.CreateState(DofCount);
        TickCodec.Encode(tick.Real, message.Real);
        TickCodec.Encode(tick.Twin, message.Twin);
        return message;
    }

    private static void CheckJoints(
        List<JsonElement> messages,
        string topic,
        List<TickRecord> ticks,
        Func<TickRecord, double[]> position)
    {
        List<JsonElement> found = OnTopic(messages, topic);
        Assert.That(found, Has.Count.EqualTo(ticks.Count), topic);
        for (int i = 0; i < found.Count; i++)
        {
            JsonElement joints = found[i].GetProperty("value").GetProperty("joints");
            double[] expected = position(ticks[i]);
            Assert.That(joints.GetArrayLength(), Is.EqualTo(expected.Length));
            for (int joint = 0; joint < expected.Length; joint++)
            {
                Assert.That(
                    joints[joint].GetProperty("name").GetString(), Is.EqualTo($"joint_{joint}"));
                Assert.That(
                    joints[joint].GetProperty("position").GetDouble(), Is.EqualTo(expected[joint]));
            }
        }
    }

    private static void CheckStep(List<JsonElement> messages)
    {
        var message = new Protos.PolicyStep();
        PolicyStepCodec.Encode(Step, message);
        using JsonDocument expected = JsonDocument.Parse(Formatter.Format(message));
        List<JsonElement> found = OnTopic(messages, RecordingTopics.Step);
        Assert.That(found, Has.Count.EqualTo(1));
        JsonElement value = found[0].GetProperty("value");
        Assert.That(
            JsonElement.DeepEquals(value, expected.RootElement),
            Is.True,
            $"found {value}, expected {expected.RootElement}");
    }

    private static void CheckLog(List<JsonElement> messages)
    {
        JsonElement log = OnTopic(messages, RecordingTopics.Log)[0].GetProperty("value");
        Assert.That(log.GetProperty("level").GetString(), Is.EqualTo("ERROR"));
        Assert.That(
            log.GetProperty("message").GetString(), Is.EqualTo("fault: servo 3 reports heat"));
    }

    private static ulong Number(JsonElement message, string name) => ulong.Parse(
        message.GetProperty(name).ToString(), CultureInfo.InvariantCulture);

    private static List<JsonElement> OnTopic(List<JsonElement> messages, string topic) =>
        messages.FindAll(message => message.GetProperty("topic").GetString() == topic);

    private static List<string> NamesOf(JsonElement value)
    {
        var names = new List<string>();
        foreach (JsonProperty property in value.EnumerateObject())
        {
            names.Add(property.Name);
        }

        return names;
    }
}
