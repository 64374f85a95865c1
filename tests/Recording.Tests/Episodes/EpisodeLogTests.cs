using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Recording.Episodes;
using HilRig.Recording.Tests.Support;

namespace HilRig.Recording.Tests.Episodes;

public sealed class EpisodeLogTests
{
    private TestFolder _folder = null!;
    private string _path = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TestFolder();
        _path = _folder.File("replay.episodes");
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Episodes_come_back_in_order_after_reopening()
    {
        Append(0, 1);
        Append(2);
        EpisodeLogContent content = EpisodeLog.Read(_path);
        Assert.Multiple(() =>
        {
            Assert.That(Starts(content), Is.EqualTo(new long[] { 0, 1, 2 }));
            Assert.That(content.Episodes.Select(one => one.Index), Is.EqualTo(new[] { 0, 1, 2 }));
            Assert.That(content.RecordCount, Is.EqualTo(3));
            Assert.That(content.TornBytes, Is.Zero);
        });
    }

    [Test]
    public void A_later_verdict_counts_and_the_history_is_kept()
    {
        Append(0, 1);
        using (EpisodeLog log = Open())
        {
            log.Amend(Episodes.Verdict(1, EpisodeVerdict.Success));
            log.Amend(Episodes.Verdict(1, EpisodeVerdict.Discarded, "wrong start"));
            Assert.That(log.Append(Episodes.Number(2)), Is.EqualTo(2));
        }

        EpisodeLogContent content = EpisodeLog.Read(_path);
        LoggedEpisode amended = content.Episodes[1];
        Assert.Multiple(() =>
        {
            Assert.That(amended.Episode.Verdict, Is.EqualTo(EpisodeVerdict.Discarded));
            Assert.That(amended.Episode.VerdictSource, Is.EqualTo(VerdictSource.Correction));
            Assert.That(amended.FirstVerdict, Is.EqualTo(EpisodeVerdict.Failure));
            Assert.That(
                amended.Amendments.Select(one => one.Why),
                Is.EqualTo(new[] { "seen on video", "wrong start" }));
            Assert.That(content.Episodes[0].Amendments, Is.Empty);
        });
    }

    [Test]
    public void A_reader_of_the_first_records_sees_what_was_known_then()
    {
        Append(0, 1);
        using (EpisodeLog log = Open())
        {
            log.Amend(Episodes.Verdict(0, EpisodeVerdict.Success));
        }

        Assert.Multiple(() =>
        {
            Assert.That(
                EpisodeLog.Read(_path, 2).Episodes[0].Episode.Verdict,
                Is.EqualTo(EpisodeVerdict.Failure));
            Assert.That(EpisodeLog.Read(_path, 1).Episodes, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void A_verdict_of_a_missing_episode_is_named()
    {
        Append(0);
        using EpisodeLog log = Open();
        Assert.That(
            () => log.Amend(Episodes.Verdict(1, EpisodeVerdict.Success)),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("no such episode")
                .And.Message.Contains("0 to 0"));
    }

    [Test]
    public void A_second_writer_is_held_off()
    {
        using EpisodeLog log = Open();
        Assert.That(
            () => Open(),
            Throws.TypeOf<RecordingException>().With.Message.Contains("Another process"));
    }

    [Test]
    public void A_verdict_given_while_another_writes_waits_and_is_taken_once()
    {
        using EpisodeLog log = Open();
        log.Append(Episodes.Number(0));
        VerdictAmendment verdict = Episodes.Verdict(0, EpisodeVerdict.Success);
        bool waits = EpisodeLog.Relabel(_path, verdict);
        EpisodeLogContent seen = EpisodeLog.Read(_path);
        string waiting = Directory.GetFiles(_path + ".amendments").Single();
        byte[] again = File.ReadAllBytes(waiting);
        IReadOnlyList<VerdictAmendment> first = log.TakePending();

        // As after a crash between taking and deleting.
        File.WriteAllBytes(waiting, again);
        IReadOnlyList<VerdictAmendment> second = log.TakePending();
        Assert.Multiple(() =>
        {
            Assert.That(waits, Is.True);
            Assert.That(seen.Episodes[0].Episode.Verdict, Is.EqualTo(EpisodeVerdict.Success));
            Assert.That(seen.Pending, Is.EqualTo(new[] { verdict }));
            Assert.That(first, Is.EqualTo(new[] { verdict }));
            Assert.That(second, Is.Empty);
            Assert.That(EpisodeLog.Read(_path).Episodes[0].Amendments, Has.Count.EqualTo(1));
            Assert.That(Directory.GetFiles(_path + ".amendments"), Is.Empty);
        });
    }

    [Test]
    public void A_verdict_given_while_nobody_writes_is_in_the_log()
    {
        Append(0);
        bool waits = EpisodeLog.Relabel(_path, Episodes.Verdict(0, EpisodeVerdict.Success));
        Assert.Multiple(() =>
        {
            Assert.That(waits, Is.False);
            Assert.That(EpisodeLog.Read(_path).RecordCount, Is.EqualTo(2));
        });
    }

    [Test]
    public void A_damaged_verdict_beside_the_log_is_set_aside()
    {
        using EpisodeLog log = Open();
        log.Append(Episodes.Number(0));
        EpisodeLog.Relabel(_path, Episodes.Verdict(0, EpisodeVerdict.Success));
        string waiting = Directory.GetFiles(_path + ".amendments").Single();
        byte[] bytes = File.ReadAllBytes(waiting);
        bytes[^6] ^= 1;
        File.WriteAllBytes(waiting, bytes);
        Assert.Multiple(() =>
        {
            Assert.That(log.TakePending(), Is.Empty);
            Assert.That(File.Exists(waiting + ".refused"), Is.True);
        });
    }

    [Test]
    public void Episodes_of_another_kind_are_refused_by_what_differs()
    {
        Append(0);
        EpisodeLogHeader header = Episodes.Header;
        EpisodeChannel wide = header.Action[0] with { Scale = 0.03 };
        Assert.Multiple(() =>
        {
            AssertRefused(header with { Task = "Push" }, "another task");
            AssertRefused(header with { PeriodSeconds = 0.1 }, "another period");
            AssertRefused(header with { Action = [header.Action[0]] }, "another action size");
            AssertRefused(
                header with { Observation = [.. header.Observation.Reverse()] },
                "another observation 0");
            AssertRefused(header with { Action = [wide, header.Action[1]] }, "meaning of action");
        });
    }

    [Test]
    public void An_episode_of_another_size_is_refused()
    {
        using EpisodeLog log = Open();
        Episode episode = Episodes.Number(0) with { Actions = [0, 0] };
        Assert.Multiple(() =>
        {
            Assert.That(
                () => log.Append(episode),
                Throws.TypeOf<RecordingException>().With.Message.Contains("does not belong"));
            Assert.That(log.Count, Is.Zero);
        });
    }

    [Test]
    public void A_log_can_follow_another_record_by_record()
    {
        Append(0, 1);
        using EpisodeLog source = Open();
        source.Amend(Episodes.Verdict(0, EpisodeVerdict.Success));
        using (EpisodeLog copy = EpisodeLog.Open(_folder.File("copy.episodes"), Episodes.Header))
        {
            for (long i = 0; i < source.RecordCount; i++)
            {
                byte[] payload = source.ReadRecord(i, out EpisodeRecordKind kind);
                copy.AppendCopy(kind, payload);
            }
        }

        Assert.That(
            File.ReadAllBytes(_folder.File("copy.episodes")), Is.EqualTo(File.ReadAllBytes(_path)));
    }

    private static IEnumerable<long> Starts(EpisodeLogContent content) =>
        content.Episodes.Select(one => one.Episode.StartIndex);

    private void AssertRefused(EpisodeLogHeader header, string what) => Assert.That(
        () => EpisodeLog.Open(_path, header),
        Throws.TypeOf<ScenarioException>().With.Message.Contains(what)
            .And.Message.Contains(_path));

    private EpisodeLog Open() => EpisodeLog.Open(_path, Episodes.Header);

    private void Append(params long[] starts)
    {
        using EpisodeLog log = Open();
        foreach (long start in starts)
        {
            log.Append(Episodes.Number(start));
        }
    }
}
