using Google.Protobuf;
using Google.Protobuf.Reflection;
using HilRig.Recording.Mcap;
using HilRig.Recording.Mcap.Records;

namespace HilRig.Recording.Ticks;

/// <summary>One topic of Protobuf messages in a recording; counts its messages.</summary>
internal sealed class MessageChannel
{
    private readonly McapWriter _writer;
    private readonly ushort _id;
    private uint _sequence;

    public MessageChannel(McapWriter writer, string topic, MessageDescriptor type)
    {
        _writer = writer;
        ushort schema = writer.AddSchema(type.FullName, "protobuf", DescriptorSets.For(type));
        _id = writer.AddChannel(schema, topic, "protobuf");
    }

    private MessageChannel(McapWriter writer, ushort id)
    {
        _writer = writer;
        _id = id;
    }

    /// <summary>Makes channels of one type on several topics, which share the schema.</summary>
    public static MessageChannel[] Create(
        McapWriter writer, MessageDescriptor type, string[] topics)
    {
        ushort schema = writer.AddSchema(type.FullName, "protobuf", DescriptorSets.For(type));
        var channels = new MessageChannel[topics.Length];
        for (int i = 0; i < topics.Length; i++)
        {
            channels[i] = new MessageChannel(
                writer, writer.AddChannel(schema, topics[i], "protobuf"));
        }

        return channels;
    }

    /// <summary>Serialises a message straight into the chunk under way.</summary>
    public void Write(IMessage message, ulong logTime, ulong publishTime)
    {
        var header = new McapMessageHeader(_id, ++_sequence, logTime, publishTime);
        message.WriteTo(_writer.Reserve(header, message.CalculateSize()));
    }
}
