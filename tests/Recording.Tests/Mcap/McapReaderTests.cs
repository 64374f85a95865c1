using CsCheck;
using HilRig.Core.Errors;
using HilRig.Recording.Mcap;
using HilRig.Recording.Mcap.Records;
using HilRig.Recording.Tests.Support;

namespace HilRig.Recording.Tests.Mcap;

internal sealed class McapReaderTests
{
    private TestFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TestFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase(McapCompression.None)]
    [TestCase(McapCompression.Lz4)]
    [TestCase(McapCompression.Zstd)]
    public void What_was_written_is_read_and_verified(McapCompression compression)
    {
        string path = _folder.File("numbers.mcap");
        Numbers.Write(path, compression);
        McapStatistics statistics = McapVerifier.Verify(path);
        using McapReader reader = McapReader.Open(path);
        McapAttachment attachment = reader.ReadAttachment(reader.Attachments[0]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Numbers.Read(path), Is.EqualTo(Numbers.Sequence(Numbers.MessageCount)));
            Assert.That(Numbers.Read(path, "/odd"), Has.Count.EqualTo(Numbers.MessageCount / 2));
            Assert.That(
                Numbers.Read(path, "/odd"), Has.All.Matches<int>(number => number % 2 == 1));
            Assert.That(
                statistics.ChunkCount, Is.EqualTo(Numbers.MessageCount / Numbers.MessagesAChunk));
            Assert.That(statistics.MessageStartTime, Is.EqualTo(1_000_000UL));
            Assert.That(attachment.Content.ToArray(), Is.EqualTo("hello"u8.ToArray()));
            Assert.That(reader.ReadMetadata(reader.Metadata[0]).Entries["a"], Is.EqualTo("ä"));
        }
    }

    [Test]
    public void A_message_of_any_size_in_any_chunk_layout_comes_back()
    {
        Gen<byte[][]> messages = Gen.Byte.Array[0, 3000].Array[0, 40];
        Gen.Select(messages, Gen.Enum<McapCompression>(), Gen.Int[1024, 4096]).Sample(
            (contents, compression, chunkBytes) =>
            {
                string path = _folder.File(Guid.NewGuid().ToString("N"));
                var options =
                    new McapWriterOptions { Compression = compression, ChunkBytes = chunkBytes };
                using (McapWriter writer = McapWriter.Create(path, options))
                {
                    ushort channel = writer.AddChannel(0, "/bytes", "");
                    foreach (byte[] content in contents)
                    {
                        writer.Write(new McapMessageHeader(channel, 0, 7, 8), content);
                    }

                    writer.Complete();
                }

                McapVerifier.Verify(path);
                using McapReader reader = McapReader.Open(path);
                int index = 0;
                foreach (McapMessage message in reader.ReadMessages())
                {
                    Assert.That(message.Content.Span.SequenceEqual(contents[index++]), Is.True);
                }

                Assert.That(index, Is.EqualTo(contents.Length));
            },
            iter: 60,
            seed: "0001a2b3c4d5",
            threads: 1);
    }

    [Test]
    public void Any_flipped_byte_is_noticed()
    {
        string whole = _folder.File("numbers.mcap");
        Numbers.Write(whole, McapCompression.Lz4);
        byte[] bytes = File.ReadAllBytes(whole);
        var random = new Random(5);
        for (int trial = 0; trial < 200; trial++)
        {
            int place = random.Next(bytes.Length);
            byte[] damaged = (byte[])bytes.Clone();
            damaged[place] ^= (byte)(1 << random.Next(8));
            string path = _folder.File("damaged.mcap");
            File.WriteAllBytes(path, damaged);
            Assert.That(
                () => McapVerifier.Verify(path),
                Throws.TypeOf<RecordingException>(),
                $"byte {place} of {bytes.Length}");
        }
    }

    [Test]
    public void A_cut_off_file_is_refused_and_recovery_is_named()
    {
        string whole = _folder.File("numbers.mcap");
        Numbers.Write(whole, McapCompression.Lz4);
        byte[] bytes = File.ReadAllBytes(whole);
        int[] lengths = [0, 4, 8, 30, bytes.Length / 2, bytes.Length - 9, bytes.Length - 1];
        foreach (int length in lengths)
        {
            string path = _folder.File("cut.mcap");
            File.WriteAllBytes(path, bytes[..length]);
            Assert.That(
                () => McapReader.Open(path),
                Throws.TypeOf<RecordingException>().With.Message.Contains("hilrig recover"),
                $"{length} bytes");
        }
    }

    [Test]
    public void Random_bytes_between_good_ends_never_throw_anything_else()
    {
        string whole = _folder.File("numbers.mcap");
        Numbers.Write(whole, McapCompression.Zstd);
        byte[] bytes = File.ReadAllBytes(whole);
        var random = new Random(6);
        for (int trial = 0; trial < 200; trial++)
        {
            byte[] damaged = (byte[])bytes.Clone();
            int start = random.Next(8, bytes.Length - 9);
            random.NextBytes(damaged.AsSpan(start, random.Next(1, bytes.Length - 8 - start)));
            string path = _folder.File("damaged.mcap");
            File.WriteAllBytes(path, damaged);
            Assert.That(() => McapVerifier.Verify(path), Throws.TypeOf<RecordingException>());
            try
            {
                McapRecovery.Recover(path, _folder.File($"recovered-{trial}.mcap"));
            }
            catch (RecordingException)
            {
                // The header itself was hit.
            }
        }
    }

    [Test]
    public void An_unknown_channel_or_schema_is_a_mistake_of_the_caller()
    {
        using McapWriter writer = McapWriter.Create(_folder.File("empty.mcap"));
        Assert.That(() => writer.AddChannel(1, "/a", "text"), Throws.ArgumentException);
        Assert.That(
            () => writer.Write(new McapMessageHeader(1, 0, 0, 0), []), Throws.ArgumentException);
    }

    [Test]
    public void All_faults_of_the_options_are_reported_at_once()
    {
        var options = new McapWriterOptions { ChunkBytes = 1, ChunkSpan = TimeSpan.Zero };
        Assert.That(
            options.Validate,
            Throws.ArgumentException.With.Message.Contains("ChunkBytes").And.Message.Contains(
                "ChunkSpan"));
    }
}
