using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Rig.Learning.Parts;

namespace HilRig.Rig.Tests.Learning.Parts;

internal sealed class PartJournalTests
{
    private string _run = "";

    private string Lines => Path.Combine(_run, "parts.jsonl");

    [SetUp]
    public void MakeFolder() => _run = Directory.CreateTempSubdirectory("hilrig-parts").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_run, recursive: true);

    [Test]
    public void Of_each_part_the_last_line_counts_and_all_parts_are_listed()
    {
        PartJournal journal = PartJournal.Open(_run);
        Assert.That((journal.NextNumber, journal.Parts.Count), Is.EqualTo((0, 0)));
        journal.Write(Some(0, 3));
        journal.Write(Some(0, 4) with { Ending = "PlantStopped", Stop = StopReason.ServoError });
        journal.Write(Some(1, 7));
        PartJournal again = PartJournal.Open(_run);
        Assert.That(again.NextNumber, Is.EqualTo(2));
        Assert.That(again.Parts, Is.EqualTo(journal.Parts));
        Assert.That(again.Parts.Select(part => part.Episodes), Is.EqualTo(new[] { 4, 7 }));
        Assert.That(again.Parts[0].Stop, Is.EqualTo(StopReason.ServoError));
        Assert.That(again.Parts[1].Ending, Is.Null);
    }

    [Test]
    public void A_line_that_was_cut_off_at_any_byte_is_forgotten_and_written_over()
    {
        PartJournal.Open(_run).Write(Some(0, 3));
        long whole = new FileInfo(Lines).Length;
        PartJournal.Open(_run).Write(Some(0, 4));
        byte[] bytes = File.ReadAllBytes(Lines);
        for (long cut = whole; cut < bytes.Length; cut++)
        {
            File.WriteAllBytes(Lines, bytes[..(int)cut]);
            PartJournal journal = PartJournal.Open(_run);
            Assert.That(journal.Parts.Single().Episodes, Is.EqualTo(3));
            journal.Write(Some(1, 1));
            Assert.That(PartJournal.Open(_run).Parts.Select(part => part.Episodes),
                Is.EqualTo(new[] { 3, 1 }));
        }
    }

    [Test]
    public void A_damaged_line_is_named()
    {
        File.WriteAllText(Lines, "{\"number\":0,\"beganUtc\":\"2026-01-01T00:00:00Z\"}\n{oops\n");
        RecordingException error =
            Assert.Throws<RecordingException>(() => PartJournal.Open(_run))!;
        Assert.That(error.Where, Does.EndWith("parts.jsonl:2"));
    }

    private static LearnRigPart Some(int number, int episodes) => new()
    {
        Number = number,
        BeganUtc = DateTimeOffset.UnixEpoch,
        Episodes = episodes,
        WallSeconds = 1.5,
    };
}
