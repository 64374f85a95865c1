using HilRig.Bridge.Bulk;
using HilRig.Core.Errors;

namespace HilRig.Bridge.Tests.Bulk;

[CancelAfter(60_000)]
public sealed class BulkRingTests
{
    private static readonly BulkFormat Small = new(4, 2, 3);
    private string _path = "";

    [SetUp]
    public void NamePath() => _path = Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(),
        $"hilrig-bulk-{Environment.ProcessId}-{TestContext.CurrentContext.Test.ID}");

    [Test]
    public void A_frame_is_seen_in_place_with_its_stamps()
    {
        using var writer = BulkWriter.Create(_path, Small);
        using var reader = BulkReader.Open(_path);
        Assert.That(reader.TryTakeNewest(out _), Is.False);
        BulkHandle handle = Write(writer, 7);
        Assert.That(reader.TryTake(handle, out BulkImage image));
        Assert.That(image.Color.IndexOfAnyExcept((byte)7), Is.EqualTo(-1));
        Assert.That(image.Depth.IndexOfAnyExcept((byte)8), Is.EqualTo(-1));
        Assert.That(image.Color.Length, Is.EqualTo(32));
        Assert.That(image.Handle, Is.EqualTo(handle));
        Assert.That(handle.CapturedNanoseconds, Is.EqualTo(7));
        Assert.That(reader.IsIntact(image));
        Assert.That(reader.TryTake(handle, out _), Is.False, "a frame is seen once");
    }

    [Test]
    public void A_slow_reader_skips_and_counts()
    {
        using var writer = BulkWriter.Create(_path, Small);
        using var reader = BulkReader.Open(_path);
        BulkHandle first = Write(writer, 1);
        for (byte value = 2; value <= 5; value++)
        {
            Write(writer, value);
        }

        Assert.That(reader.TryTake(first, out _), Is.False, "it was overwritten");
        Assert.That(reader.TryTakeNewest(out BulkImage image));
        Assert.That(image.Color[0], Is.EqualTo(5));
        Assert.That(reader.SkippedCount, Is.EqualTo(4));
    }

    [Test]
    public void A_torn_frame_is_found()
    {
        using var writer = BulkWriter.Create(_path, Small);
        using var reader = BulkReader.Open(_path);
        Write(writer, 1);
        Assert.That(reader.TryTakeNewest(out BulkImage image));
        Write(writer, 2);
        Write(writer, 3);
        Assert.That(reader.IsIntact(image), "its slot is not due yet");
        writer.Begin();
        writer.Color[0] = 9;
        Assert.That(reader.IsIntact(image), Is.False);
        Assert.That(reader.TornCount, Is.EqualTo(1));
    }

    [Test]
    public void A_frame_that_is_being_written_is_not_seen()
    {
        using var writer = BulkWriter.Create(_path, Small);
        using var reader = BulkReader.Open(_path);
        writer.Begin();
        Assert.That(reader.TryTakeNewest(out _), Is.False);
    }

    [Test]
    public void A_handle_of_an_older_ring_opens_nothing()
    {
        BulkHandle old;
        using (var before = BulkWriter.Create(_path, Small))
        {
            old = Write(before, 1);
        }

        using var writer = BulkWriter.Create(_path, Small);
        Write(writer, 2);
        using var reader = BulkReader.Open(_path);
        Assert.That(reader.TryTake(old, out _), Is.False);
    }

    [Test]
    public void A_handle_survives_its_message()
    {
        var handle = new BulkHandle(1, 2, 3, 4);
        var bytes = new byte[BulkHandle.EncodedBytes];
        handle.Encode(bytes);
        Assert.That(BulkHandle.TryDecode(bytes, out BulkHandle read));
        Assert.That(read, Is.EqualTo(handle));
        Assert.That(BulkHandle.TryDecode(bytes.AsSpan(1), out _), Is.False);
    }

    [Test]
    public void Another_file_is_refused()
    {
        File.WriteAllBytes(_path, new byte[8192]);
        try
        {
            Assert.Throws<ProtocolException>(() => BulkReader.Open(_path).Dispose());
        }
        finally
        {
            File.Delete(_path);
        }
    }

    [Test]
    public void No_reader_ever_takes_a_torn_frame_for_a_whole_one(CancellationToken cancel)
    {
        using var writer = BulkWriter.Create(_path, new BulkFormat(64, 64, 2));
        using var reader = BulkReader.Open(_path);
        bool stop = false;
        var writing = new Thread(() =>
        {
            for (byte value = 0; !Volatile.Read(ref stop); value++)
            {
                Write(writer, value);
            }
        });
        writing.Start();
        try
        {
            int whole = 0;
            while (whole < 500 || reader.TornCount == 0)
            {
                cancel.ThrowIfCancellationRequested();
                if (!reader.TryTakeNewest(out BulkImage image))
                {
                    Thread.Yield();
                    continue;
                }

                // Now and then the writer laps this reader in the middle, on one core too.
                byte first = image.Color[0];
                if (reader.SkippedCount % 4 == 0)
                {
                    Thread.Yield();
                }

                bool same = image.Color.IndexOfAnyExcept(first) < 0
                    && image.Depth.IndexOfAnyExcept((byte)(first + 1)) < 0;
                bool intact = reader.IsIntact(image);
                Assert.That(same || !intact, "a mixed frame must be torn");
                whole += intact ? 1 : 0;
            }
        }
        finally
        {
            Volatile.Write(ref stop, true);
            writing.Join();
        }
    }

    [Test]
    public void Frames_cost_no_allocation()
    {
        using var writer = BulkWriter.Create(_path, Small);
        using var reader = BulkReader.Open(_path);
        long before = 0;
        int seen = 0;
        for (int i = 0; i < 2_000; i++)
        {
            before = i == 1_000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            BulkHandle handle = Write(writer, (byte)i);
            seen += reader.TryTake(handle, out BulkImage image) && reader.IsIntact(image) ? 1 : 0;
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(seen, Is.EqualTo(2_000));
    }

    private static BulkHandle Write(BulkWriter writer, byte value)
    {
        writer.Begin();
        writer.Color.Fill(value);
        writer.Depth.Fill((byte)(value + 1));
        return writer.Commit(value);
    }
}
