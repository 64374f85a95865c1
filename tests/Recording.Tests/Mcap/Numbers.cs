using HilRig.Recording.Mcap;
using HilRig.Recording.Mcap.Records;

namespace HilRig.Recording.Tests.Mcap;

/// <summary>
/// A file of counting messages on two topics, in chunks of a known number of messages.
/// </summary>
internal static class Numbers
{
    public const int MessageCount = 2500;
    public const int MessagesAChunk = 100;

    public static void Write(string path, McapCompression compression)
    {
        // One message a millisecond: the hundredth lies 99 ms after the first of its chunk.
        var options = new McapWriterOptions
        {
            Compression = compression,
            ChunkSpan = TimeSpan.FromMilliseconds(MessagesAChunk),
        };
        using McapWriter writer = McapWriter.Create(path, options);
        writer.AddMetadata(
            new McapMetadata("facts", new Dictionary<string, string> { ["a"] = "ä" }));
        writer.AddAttachment(
            new McapAttachment("note.txt", "text/plain", 3, 4, "hello"u8.ToArray()));
        ushort schema = writer.AddSchema("number", "text", "an integer"u8.ToArray());
        ushort odd = writer.AddChannel(schema, "/odd", "text");
        ushort even = writer.AddChannel(schema, "/even", "text");
        for (int i = 0; i < MessageCount; i++)
        {
            var header = new McapMessageHeader(
                i % 2 == 0 ? even : odd, (uint)i, (ulong)(i + 1) * 1_000_000, (ulong)i);
            writer.Write(header, BitConverter.GetBytes(i));
        }

        writer.Complete();
    }

    public static List<int> Read(string path, string? topic = null)
    {
        var numbers = new List<int>();
        using McapReader reader = McapReader.Open(path);
        foreach (McapMessage message in reader.ReadMessages(topic))
        {
            numbers.Add(BitConverter.ToInt32(message.Content.Span));
        }

        return numbers;
    }

    public static List<int> Sequence(int count)
    {
        var numbers = new List<int>();
        for (int i = 0; i < count; i++)
        {
            numbers.Add(i);
        }

        return numbers;
    }
}
