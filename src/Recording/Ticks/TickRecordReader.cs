using Google.Protobuf;
using HilRig.Core.Errors;
using HilRig.Core.Telemetry;
using HilRig.Recording.Mcap;
using HilRig.Recording.Mcap.Records;

namespace HilRig.Recording.Ticks;

/// <summary>Reads a HilRig recording back, tick by tick. For one thread.</summary>
public sealed class TickRecordReader : IDisposable
{
    private readonly McapReader _reader;
    private IEnumerator<McapMessage> _messages;

    private TickRecordReader(McapReader reader, RecordingHeader header)
    {
        _reader = reader;
        Header = header;
        _messages = reader.ReadMessages(RecordingTopics.Tick).GetEnumerator();
    }

    /// <summary>What run the recording belongs to.</summary>
    public RecordingHeader Header { get; }

    /// <summary>Number of ticks in the recording.</summary>
    public long TickCount => CountOf(RecordingTopics.Tick);

    /// <summary>Opens a whole recording.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="RecordingException">
    /// It is absent, damaged, cut off, or not HilRig's.
    /// </exception>
    public static TickRecordReader Open(string path)
    {
        McapReader reader = McapReader.Open(path);
        try
        {
            return new TickRecordReader(reader, RecordingHeaderCodec.Read(reader));
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next tick into <paramref name="record"/>; false at the end.</summary>
    /// <param name="record">A record with as many joints as the recording.</param>
    /// <exception cref="RecordingException">The recording is damaged here.</exception>
    /// <exception cref="ArgumentException">The record has another number of joints.</exception>
    public bool TryRead(TickRecord record)
    {
        if (record.Real.Position.Length != Header.Joints.Count)
        {
            throw new ArgumentException(
                $"The recording has {Header.Joints.Count} joints, "
                + $"the record {record.Real.Position.Length}.",
                nameof(record));
        }

        if (!_messages.MoveNext())
        {
            return false;
        }

        Protos.Tick message = Decode(_messages.Current, Protos.Tick.Parser);
        return TickCodec.TryDecode(message, record) ? true : throw new RecordingException(
            "a tick has another joint count than the recording",
            $"{_reader.Path}, tick {message.Index}",
            $"{Header.Joints.Count}");
    }

    /// <summary>Starts again at the first tick.</summary>
    public void Rewind()
    {
        _messages.Dispose();
        _messages = _reader.ReadMessages(RecordingTopics.Tick).GetEnumerator();
    }

    /// <summary>
    /// Reads all remarks. Ends a read of ticks under way: <see cref="Rewind"/> follows.
    /// </summary>
    /// <exception cref="RecordingException">The recording is damaged.</exception>
    public IReadOnlyList<RecordedEvent> ReadEvents()
    {
        var events = new List<RecordedEvent>();
        foreach (McapMessage message in _reader.ReadMessages(RecordingTopics.Event))
        {
            Protos.Event remark = Decode(message, Protos.Event.Parser);
            events.Add(new RecordedEvent(remark.InstantNanoseconds, remark.Kind, remark.Text));
        }

        Rewind();
        return events;
    }

    /// <summary>
    /// Reads whose action each step of its episodes was. Ends a read of ticks under way:
    /// <see cref="Rewind"/> follows.
    /// </summary>
    /// <exception cref="RecordingException">The recording is damaged.</exception>
    public IReadOnlyList<PolicyStep> ReadSteps()
    {
        var steps = new List<PolicyStep>();
        foreach (McapMessage message in _reader.ReadMessages(RecordingTopics.Step))
        {
            steps.Add(PolicyStepCodec.Decode(Decode(message, Protos.PolicyStep.Parser)));
        }

        Rewind();
        return steps;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _messages.Dispose();
        _reader.Dispose();
    }

    private T Decode<T>(in McapMessage message, MessageParser<T> parser)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(message.Content.Span);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new RecordingException(
                "a message cannot be decoded",
                $"{_reader.Path}, {message.Channel.Topic} number {message.Header.Sequence}",
                inner: error);
        }
    }

    private long CountOf(string topic)
    {
        long count = 0;
        foreach (McapChannel channel in _reader.Channels.Values)
        {
            if (channel.Topic == topic && _reader.Statistics is { } statistics)
            {
                count += (long)statistics.ChannelMessageCounts.GetValueOrDefault(channel.Id);
            }
        }

        return count;
    }
}
