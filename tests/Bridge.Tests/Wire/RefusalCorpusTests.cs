using System.Text.Json;
using HilRig.Core.Joints;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.Tests.Wire;

/// <summary>
/// The cases of corpus/refusals.json that need no rig, put to the agent's gate; tests/Clients.Tests
/// puts all of them to an agent's process.
/// </summary>
public sealed class RefusalCorpusTests
{
    private const long Now = 1_000_000_000_000;
    private const long Deadman = 250_000_000;
    private static readonly SessionKey Owner = new(7, 3);

    private static IEnumerable<TestCaseData> Cases => JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "corpus", "refusals.json")))
        .RootElement.GetProperty("cases").EnumerateArray()
        .Where(entry => !entry.TryGetProperty("goal", out _)
            && !entry.TryGetProperty("armed", out _))
        .Select(entry => new TestCaseData(entry)
            .SetArgDisplayNames(entry.GetProperty("name").GetString()!));

    [TestCaseSource(nameof(Cases))]
    public void A_command_is_judged_as_the_corpus_says(JsonElement entry)
    {
        var gate = new CommandGate(Deadman);
        JointCommand accepted = Command(10, Now, Now + 1);
        gate.Judge(Owner, new CommandEnvelope(Owner, Now, Now), accepted, Now);
        JointCommand command = Command(
            entry.GetProperty("sequence").GetInt64(),
            Now + Offset(entry, "planned"),
            Now + Offset(entry, "valid"));

        CommandVerdict verdict = gate.Judge(
            Owner, new CommandEnvelope(KeyOf(entry), Now, Now), command, Now);

        string expected = entry.GetProperty("verdict").GetString()!
            .Replace("_", "", StringComparison.Ordinal);
        Assert.That(verdict.ToString(), Is.EqualTo(expected).IgnoreCase);
    }

    private static SessionKey KeyOf(JsonElement entry) => new(
        Text(entry, "session") switch { "other" => 8, "none" => 0, _ => Owner.SessionId },
        Text(entry, "token") == "other" ? Owner.OwnerToken + 1 : Owner.OwnerToken);

    private static string Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out JsonElement value) ? value.GetString()! : "";

    private static long Offset(JsonElement entry, string name) =>
        entry.TryGetProperty(name + "Deadmans", out JsonElement deadmans)
            ? (long)(deadmans.GetDouble() * Deadman)
            : (long)(entry.GetProperty(name + "Milliseconds").GetDouble() * 1e6);

    private static JointCommand Command(long sequence, long planned, long validUntil) => new(1)
    {
        Sequence = sequence,
        PlannedNanoseconds = planned,
        ValidUntilNanoseconds = validUntil,
    };
}
