using HilRig.Core.Errors;
using HilRig.Recording.Mcap;
using HilRig.Recording.Mcap.Encoding;
using HilRig.Recording.Mcap.Records;
using HilRig.Recording.Tests.Support;

namespace HilRig.Recording.Tests.Mcap;

internal sealed class McapRecoveryTests
{
    private const int Seed = 20260211;
    private TestFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TestFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Cut_at_fifty_random_places_every_finished_chunk_comes_back()
    {
        string whole = _folder.File("whole.mcap");
        Numbers.Write(whole, McapCompression.Lz4);
        byte[] bytes = File.ReadAllBytes(whole);
        using McapReader reader = McapReader.Open(whole);
        Assert.That(reader.Chunks, Has.Count.GreaterThan(20));
        long firstRecordEnd = 64;
        var random = new Random(Seed);
        for (int trial = 0; trial < 50; trial++)
        {
            int length = (int)random.NextInt64(firstRecordEnd, bytes.Length);
            int expected = CountMessages(reader, (ulong)length);
            string recovered = Cut(bytes, length, trial, out McapRecoveryReport report);
            Assert.That(report.MessageCount, Is.EqualTo((ulong)expected), $"cut at {length}");
            Assert.That(McapVerifier.Verify(recovered).MessageCount, Is.EqualTo((ulong)expected));
            Assert.That(
                Numbers.Read(recovered),
                Is.EqualTo(Numbers.Sequence(expected)),
                $"cut at {length}");
        }
    }

    [Test]
    public void One_flipped_byte_in_a_chunk_keeps_everything_before_it()
    {
        string whole = _folder.File("whole.mcap");
        Numbers.Write(whole, McapCompression.None);
        byte[] bytes = File.ReadAllBytes(whole);
        using McapReader reader = McapReader.Open(whole);
        McapChunkIndex broken = reader.Chunks[5];
        bytes[broken.Offset + (broken.LengthBytes / 2)] ^= 0x10;
        int expected = CountMessages(reader, broken.Offset);
        string recovered = Cut(bytes, bytes.Length, 0, out McapRecoveryReport report);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.ChunkCount, Is.EqualTo(5));
            Assert.That(
                report.Damage, Does.Contain("checksum").And.Contain($"byte {broken.Offset}"));
            Assert.That(Numbers.Read(recovered), Is.EqualTo(Numbers.Sequence(expected)));
        }
    }

    [Test]
    public void A_whole_file_comes_back_with_everything_and_no_damage()
    {
        string whole = _folder.File("whole.mcap");
        Numbers.Write(whole, McapCompression.Zstd);
        string copy = _folder.File("copy.mcap");
        McapRecoveryReport report = McapRecovery.Recover(whole, copy);
        using McapReader before = McapReader.Open(whole);
        using McapReader after = McapReader.Open(copy);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Damage, Is.Null);
            Assert.That(after.Attachments, Is.EqualTo(before.Attachments));
            Assert.That(after.Metadata, Is.EqualTo(before.Metadata));
            Assert.That(File.ReadAllBytes(copy), Is.EqualTo(File.ReadAllBytes(whole)));
        }
    }

    [Test]
    public void Messages_outside_chunks_are_kept_and_read()
    {
        var buffer = new RecordBuffer(64);
        buffer.AppendBytes(McapLayout.Magic);
        RecordEncoder.Header(buffer, "", "another program");
        RecordEncoder.Schema(buffer, new McapSchema(9, "number", "text", "int"u8.ToArray()));
        RecordEncoder.Channel(
            buffer, new McapChannel(4, 9, "/loose", "text", new Dictionary<string, string>()));
        for (int i = 0; i < 3; i++)
        {
            var header = new McapMessageHeader(4, (uint)i, 10, 10);
            BitConverter.GetBytes(i).CopyTo(RecordEncoder.Message(buffer, header, sizeof(int)));
        }

        string recovered = Cut(buffer.Written.ToArray(), buffer.Length - 1, 0, out _);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(McapVerifier.Verify(recovered).MessageCount, Is.EqualTo(2));
            Assert.That(Numbers.Read(recovered), Is.EqualTo(new[] { 0, 1 }));
            Assert.That(Numbers.Read(recovered, "/other"), Is.Empty);
        }
    }

    [TestCase("")]
    [TestCase("this is a text file, and a long one at that, longer than any header\n")]
    public void What_is_not_mcap_is_refused_and_nothing_is_written(string text)
    {
        string path = _folder.File("other.mcap");
        File.WriteAllText(path, text);
        string target = _folder.File("target.mcap");
        Assert.That(
            () => McapRecovery.Recover(path, target),
            Throws.TypeOf<RecordingException>().With.Message.Contains("MCAP"));
        Assert.That(File.Exists(target) || File.Exists(target + ".partial"), Is.False);
    }

    // A chunk survives a cut once its own record is whole, index or not.
    private static int CountMessages(McapReader reader, ulong length)
    {
        int count = 0;
        foreach (McapMessage message in reader.ReadMessages())
        {
            _ = message;
            count++;
        }

        int perChunk = Numbers.MessagesAChunk;
        int chunks = 0;
        foreach (McapChunkIndex chunk in reader.Chunks)
        {
            chunks += chunk.Offset + chunk.LengthBytes <= length ? 1 : 0;
        }

        return Math.Min(count, chunks * perChunk);
    }

    private string Cut(byte[] bytes, int length, int trial, out McapRecoveryReport report)
    {
        string cut = _folder.File($"cut-{trial}.mcap.partial");
        File.WriteAllBytes(cut, bytes[..length]);
        string recovered = _folder.File($"recovered-{trial}.mcap");
        report = McapRecovery.Recover(cut, recovered);
        return recovered;
    }
}
