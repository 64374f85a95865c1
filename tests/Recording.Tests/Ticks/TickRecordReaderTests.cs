using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Telemetry;
using HilRig.Recording.Mcap;
using HilRig.Recording.Tests.Support;
using HilRig.Recording.Ticks;

namespace HilRig.Recording.Tests.Ticks;

internal sealed class TickRecordReaderTests
{
    private TestFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TestFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase(1, McapCompression.None)]
    [TestCase(6, McapCompression.Lz4)]
    [TestCase(64, McapCompression.Zstd)]
    public void Every_field_of_every_tick_comes_back_bit_for_bit(
        int dofCount, McapCompression compression)
    {
        string path = _folder.File("recording.mcap");
        var clock = new FakeClock();
        var expected = new List<TickRecord>();
        var options = new McapWriterOptions { Compression = compression };
        using (
            var sink = McapTelemetrySink.Create(
                path, RecordedTicks.Header(dofCount), clock, options))
        {
            for (int i = 0; i < 700; i++)
            {
                clock.NowNanoseconds = 5_001_000_000 + (i * RecordedTicks.PeriodNanoseconds);
                TickRecord record = RecordedTicks.Make(i, dofCount, hasTwin: i % 2 == 0);
                sink.Append(record);
                Assert.That(record.Stamps.Recorded, Is.EqualTo(clock.NowNanoseconds));
                expected.Add(record);
            }
        }

        using TickRecordReader reader = TickRecordReader.Open(path);
        Assert.That(reader.TickCount, Is.EqualTo(expected.Count));
        foreach (TickRecord tick in expected)
        {
            // A fresh record has NaN everywhere; a used one would hide what is not read.
            var actual = new TickRecord(dofCount);
            Assert.That(reader.TryRead(actual), Is.True);
            TickAssert.AreEqual(actual, tick);
        }

        Assert.That(reader.TryRead(new TickRecord(dofCount)), Is.False);
    }

    [Test]
    public void A_reused_record_keeps_nothing_of_an_earlier_twin()
    {
        string path = _folder.File("recording.mcap");
        using (var sink = McapTelemetrySink.Create(path, RecordedTicks.Header(2), new FakeClock()))
        {
            sink.Append(RecordedTicks.Make(0, 2, hasTwin: true));
            sink.Append(RecordedTicks.Make(1, 2, hasTwin: false));
        }

        using TickRecordReader reader = TickRecordReader.Open(path);
        var record = new TickRecord(2);
        reader.TryRead(record);
        Assert.That(record.Twin.Position, Has.None.NaN);
        reader.TryRead(record);
        Assert.That(record.Twin.Position, Has.All.NaN);
        Assert.That(record.Twin.Sequence, Is.Zero);
    }

    [Test]
    public void The_header_comes_back_word_for_word()
    {
        string path = _folder.File("recording.mcap");
        RecordingHeader header = RecordedTicks.Header(3, JointKind.Prismatic);
        McapTelemetrySink.Create(path, header, new FakeClock()).Dispose();

        using TickRecordReader reader = TickRecordReader.Open(path);
        RecordingHeader found = reader.Header;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Joints, Is.EqualTo(header.Joints));
            Assert.That(found.Facts, Is.EqualTo(header.Facts));
            Assert.That(found.WallClock.UncertaintyNanoseconds, Is.Positive);
            RecordingHeader rest = found with
            {
                Joints = header.Joints,
                Facts = header.Facts,
                WallClock = header.WallClock,
            };
            Assert.That(rest, Is.EqualTo(header));
        }
    }

    [Test]
    public void Whose_action_each_step_was_comes_back_with_its_values_and_flags()
    {
        string path = _folder.File("recording.mcap");
        PolicyStep[] steps =
        [
            new(10, 0, Proposer.Script, float.NaN, float.NaN, StepFlags.None, 0, ""),
            new(20, 1, Proposer.Reinforcement, 0.75f, 0.5f,
                StepFlags.Clipped | StepFlags.Capped | StepFlags.Locked, 90_000, "ab12"),
            new(30, 2, Proposer.Safety, -0.25f, 1.5f,
                StepFlags.CriticsDisagreed | StepFlags.ValueOutOfRange, 80_000, "ab12"),
        ];
        using (var sink = McapTelemetrySink.Create(path, RecordedTicks.Header(1), new FakeClock()))
        {
            foreach (PolicyStep step in steps)
            {
                sink.AppendStep(step);
            }
        }

        using TickRecordReader reader = TickRecordReader.Open(path);
        Assert.That(reader.ReadSteps(), Is.EqualTo(steps));
    }

    [Test]
    public void Remarks_come_back_in_order_and_ticks_start_again_after_them()
    {
        string path = _folder.File("recording.mcap");
        using (var sink = McapTelemetrySink.Create(path, RecordedTicks.Header(1), new FakeClock()))
        {
            sink.AppendEvent(10, "phase", "warm-up");
            sink.Append(RecordedTicks.Make(0, 1));
            sink.AppendEvent(20, "stop", "servo 3 lost");
        }

        using TickRecordReader reader = TickRecordReader.Open(path);
        RecordedEvent[] expected = [new(10, "phase", "warm-up"), new(20, "stop", "servo 3 lost")];
        Assert.That(reader.ReadEvents(), Is.EqualTo(expected));
        Assert.That(reader.TryRead(new TickRecord(1)), Is.True);
    }

    [Test]
    public void A_recording_of_another_program_is_refused_by_name()
    {
        string path = _folder.File("other.mcap");
        using (McapWriter writer = McapWriter.Create(path))
        {
            writer.Complete();
        }

        Assert.That(
            () => TickRecordReader.Open(path),
            Throws.TypeOf<RecordingException>().With.Message.Contains("hilrig.run"));
    }

    [Test]
    public void A_record_with_another_joint_count_is_refused()
    {
        string path = _folder.File("recording.mcap");
        McapTelemetrySink.Create(path, RecordedTicks.Header(6), new FakeClock()).Dispose();
        using TickRecordReader reader = TickRecordReader.Open(path);
        Assert.That(() => reader.TryRead(new TickRecord(5)), Throws.ArgumentException);
    }
}
