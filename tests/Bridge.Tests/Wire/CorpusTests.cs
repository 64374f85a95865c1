using System.Text.Json;
using Google.Protobuf;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Wire;

namespace HilRig.Bridge.Tests.Wire;

/// <summary>
/// Messages as bytes and as what they mean, in corpus/messages.json: the clients of other languages
/// are held to the same file (tests/Clients.Tests).
/// </summary>
public sealed class CorpusTests
{
    private static readonly JsonElement Corpus = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "corpus", "messages.json")))
        .RootElement;

    private static IEnumerable<TestCaseData> Messages => Cases("messages");

    private static IEnumerable<TestCaseData> Malformed => Cases("malformed");

    [TestCaseSource(nameof(Messages))]
    public void A_message_is_these_bytes(JsonElement entry)
    {
        byte[] frame = Convert.FromHexString(entry.GetProperty("hex").GetString()!);
        string type = entry.GetProperty("type").GetString()!;
        IMessage meant = JsonParser.Default.Parse(
            entry.GetProperty("message").GetRawText(),
            SessionReflection.Descriptor.MessageTypes
                .Concat(ControlReflection.Descriptor.MessageTypes)
                .Concat(CyclicReflection.Descriptor.MessageTypes)
                .Single(candidate => candidate.Name == type));

        MessageKind kind = Frames.Split(frame, out ReadOnlySpan<byte> payload);

        // As text and as bytes: a NaN equals itself in neither message nor number.
        IMessage parsed = Parse(kind, payload)!;
        Assert.That(kind.ToString(), Is.EqualTo(type));
        Assert.That(parsed.ToString(), Is.EqualTo(meant.ToString()));
        Assert.That(parsed.ToByteArray(), Is.EqualTo(payload.ToArray()));
    }

    [TestCaseSource(nameof(Malformed))]
    public void Bytes_that_are_no_message_are_none(JsonElement entry)
    {
        byte[] frame = Convert.FromHexString(entry.GetProperty("hex").GetString()!);
        MessageKind kind = Frames.Split(frame, out ReadOnlySpan<byte> payload);

        Assert.That(Parse(kind, payload), Is.Null);
    }

    [Test]
    public void Every_kind_of_message_is_in_the_corpus() => Assert.That(
        Corpus.GetProperty("messages").EnumerateArray()
            .Select(entry => entry.GetProperty("type").GetString())
            .Distinct(),
        Is.EquivalentTo(
            Enum.GetNames<MessageKind>().Where(name => name != nameof(MessageKind.Unspecified))));

    private static IMessage? Parse(MessageKind kind, ReadOnlySpan<byte> payload) => kind switch
    {
        MessageKind.Hello => Frames.Parse<Hello>(payload),
        MessageKind.Welcome => Frames.Parse<Welcome>(payload),
        MessageKind.Refusal => Frames.Parse<Refusal>(payload),
        MessageKind.Command => Frames.Parse<Command>(payload),
        MessageKind.State => Frames.Parse<State>(payload),
        MessageKind.Request => Frames.Parse<Request>(payload),
        MessageKind.Ack => Frames.Parse<Ack>(payload),
        _ => null,
    };

    private static IEnumerable<TestCaseData> Cases(string list) =>
        Corpus.GetProperty(list).EnumerateArray().Select(entry => new TestCaseData(entry)
            .SetArgDisplayNames(entry.GetProperty("name").GetString()!));
}
