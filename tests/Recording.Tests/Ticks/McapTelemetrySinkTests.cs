using HilRig.Core.Ports;
using HilRig.Core.Telemetry;
using HilRig.Recording.Mcap;
using HilRig.Recording.Tests.Support;
using HilRig.Recording.Ticks;

namespace HilRig.Recording.Tests.Ticks;

internal sealed class McapTelemetrySinkTests
{
    private TestFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TestFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void A_tick_allocates_nothing_in_steady_state()
    {
        var clock = new FakeClock();
        // One chunk for the whole test: finishing a chunk makes its index entry, once a second.
        var options =
            new McapWriterOptions { ChunkBytes = 16 << 20, ChunkSpan = TimeSpan.FromHours(1) };
        using var sink = McapTelemetrySink.Create(
            _folder.File("recording.mcap"), RecordedTicks.Header(6), clock, options);
        TickRecord record = RecordedTicks.Make(0, 6);
        // 4200 messages a channel: its index arrays have just doubled and hold 8192.
        for (int i = 0; i < 4200; i++)
        {
            sink.Append(record);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            sink.Append(record);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void The_file_has_its_name_only_once_it_is_whole()
    {
        string path = _folder.File("recording.mcap");
        var sink = McapTelemetrySink.Create(path, RecordedTicks.Header(6), new FakeClock());
        sink.Append(RecordedTicks.Make(0, 6));
        Assert.That(File.Exists(path), Is.False);
        Assert.That(File.Exists(McapWriter.PartialPath(path)), Is.True);

        sink.Dispose();
        Assert.That(sink.Status, Is.EqualTo(RecordingStatus.Closed));
        Assert.That(File.Exists(McapWriter.PartialPath(path)), Is.False);
        Assert.That(McapVerifier.Verify(path).MessageCount, Is.EqualTo(4));
    }

    [Test]
    public void A_stop_is_on_disk_at_once()
    {
        string path = _folder.File("recording.mcap");
        using var sink = McapTelemetrySink.Create(path, RecordedTicks.Header(6), new FakeClock());
        sink.Append(RecordedTicks.Make(0, 6));
        sink.AppendEvent(1, "stop", "deadman");

        string copy = _folder.File("recovered.mcap");
        McapRecoveryReport report = McapRecovery.Recover(McapWriter.PartialPath(path), copy);
        Assert.That(report.MessageCount, Is.EqualTo(6));
        using TickRecordReader reader = TickRecordReader.Open(copy);
        Assert.That(reader.ReadEvents(), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_second_of_ticks_at_most_is_not_on_disk()
    {
        string path = _folder.File("recording.mcap");
        var clock = new FakeClock();
        using var sink = McapTelemetrySink.Create(path, RecordedTicks.Header(6), clock);
        const int TickCount = 1000;
        for (int i = 0; i < TickCount; i++)
        {
            clock.NowNanoseconds += RecordedTicks.PeriodNanoseconds;
            sink.Append(RecordedTicks.Make(i, 6));
        }

        string copy = _folder.File("recovered.mcap");
        McapRecovery.Recover(McapWriter.PartialPath(path), copy);
        using TickRecordReader reader = TickRecordReader.Open(copy);
        Assert.That(reader.TickCount, Is.InRange(TickCount - 251, TickCount));
    }

    [Test]
    public void A_full_disk_ends_the_recording_with_a_message_and_loses_no_finished_chunk()
    {
        string path = _folder.File("recording.mcap");
        var clock = new FakeClock();
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 0);
        var options = new McapWriterOptions { ChunkBytes = 16 << 10 };
        var sink = McapTelemetrySink.Create(
            new McapWriter(new QuotaStream(file, 300_000), options),
            RecordedTicks.Header(6),
            clock);
        int taken = 0;
        while (sink.Status == RecordingStatus.Recording && taken < 10_000)
        {
            clock.NowNanoseconds += RecordedTicks.PeriodNanoseconds;
            sink.Append(RecordedTicks.Make(taken++, 6));
        }

        sink.Append(RecordedTicks.Make(taken, 6));
        sink.Dispose();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sink.Status, Is.EqualTo(RecordingStatus.DiskFull));
            Assert.That(
                sink.Failure!.Message, Does.Contain("disk is full").And.Contain("hilrig recover"));
            Assert.That(
                new FileInfo(path).Length, Is.LessThan(300_000), "a torn chunk was left behind");
            Assert.That(
                () => McapReader.Open(path), Throws.Exception.With.Message.Contains("whole"));
        }

        string copy = _folder.File("recovered.mcap");
        McapRecoveryReport report = McapRecovery.Recover(path, copy);
        Assert.That(
            report.VerifiedBytes,
            Is.EqualTo(report.TotalBytes),
            "the end was not cut back cleanly");
        using TickRecordReader reader = TickRecordReader.Open(copy);
        Assert.That(reader.TickCount, Is.InRange(taken - 60, taken - 1));
    }

    [Test]
    [Platform("Linux")]
    public void The_error_a_full_device_really_gives_is_understood()
    {
        // /dev/full answers every write with ENOSPC.
        var full = new FileStream(
            "/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        Assert.That(
            () => new McapWriter(full),
            Throws.Exception.With.Message.Contains("disk is full"));
        full.Dispose();
    }

    [Test]
    public void An_old_recording_is_never_overwritten()
    {
        string path = _folder.File("recording.mcap");
        File.WriteAllText(McapWriter.PartialPath(path), "the only trace of a crash");
        Assert.That(
            () => McapTelemetrySink.Create(path, RecordedTicks.Header(1), new FakeClock()),
            Throws.Exception.With.Message.Contains("overwritten"));
        Assert.That(
            File.ReadAllText(McapWriter.PartialPath(path)),
            Is.EqualTo("the only trace of a crash"));
    }
}
