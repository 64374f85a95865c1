using System.Diagnostics;
using HilRig.Core.Errors;
using HilRig.Recording.Episodes;
using HilRig.Recording.Tests.Support;

namespace HilRig.Recording.Tests.Episodes;

public sealed class EpisodeLogDamageTests
{
    private TestFolder _folder = null!;
    private string _path = "";
    private byte[] _whole = [];
    private int _lastStart;

    [SetUp]
    public void MakeLog()
    {
        _folder = new TestFolder();
        _path = _folder.File("replay.episodes");
        using (EpisodeLog log = Open())
        {
            log.Append(Episodes.Number(0));
            log.Append(Episodes.Number(1));
        }

        _lastStart = (int)new FileInfo(_path).Length;
        using (EpisodeLog log = Open())
        {
            log.Append(Episodes.Number(2));
        }

        _whole = File.ReadAllBytes(_path);
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void An_append_cut_at_any_byte_is_cut_away_and_kept_beside()
    {
        for (int length = _lastStart + 1; length < _whole.Length; length++)
        {
            File.WriteAllBytes(_path, _whole[..length]);
            Assert.That(EpisodeLog.Read(_path).Episodes, Has.Count.EqualTo(2));
            using (EpisodeLog log = Open())
            {
                Assert.That(log.TornBytes, Is.EqualTo(length - _lastStart));
                Assert.That(
                    File.ReadAllBytes(log.TornPath!), Is.EqualTo(_whole[_lastStart..length]));
                Assert.That(log.Append(Episodes.Number(2)), Is.EqualTo(2));
            }

            Assert.That(File.ReadAllBytes(_path), Is.EqualTo(_whole), $"cut at {length}");
        }
    }

    [Test]
    public void An_append_whose_end_was_never_written_is_torn_too()
    {
        for (int from = _lastStart; from < _whole.Length - 4; from += 7)
        {
            byte[] bytes = [.. _whole];
            bytes.AsSpan(from).Clear();
            File.WriteAllBytes(_path, bytes);
            using EpisodeLog log = Open();
            Assert.That(log.Count, Is.EqualTo(2), $"zeros from {from}");
        }
    }

    [Test]
    public void Any_flipped_bit_is_found_and_nothing_is_cut()
    {
        for (int i = 0; i < _whole.Length; i++)
        {
            byte[] bytes = [.. _whole];
            bytes[i] ^= (byte)(1 << (i % 8));
            File.WriteAllBytes(_path, bytes);
            Assert.That(() => Open(), Throws.InstanceOf<RigException>(), $"byte {i}");
            Assert.That(File.ReadAllBytes(_path), Is.EqualTo(bytes));
        }
    }

    [Test]
    public void Damage_is_named_with_its_offset_and_what_is_whole_before_it()
    {
        byte[] bytes = [.. _whole];
        bytes[_lastStart - 10] ^= 1;
        File.WriteAllBytes(_path, bytes);
        Assert.That(
            () => EpisodeLog.Read(_path),
            Throws.TypeOf<RecordingException>().With.Message.Contains("offset")
                .And.Message.Contains("a wrong checksum")
                .And.Message.Contains("hold 1 whole records"));
    }

    [Test]
    public void A_record_that_is_missing_in_the_middle_is_found()
    {
        using EpisodeLog log = EpisodeLog.Open(_folder.File("one.episodes"), Episodes.Header);
        int headerBytes = (int)new FileInfo(log.Path).Length;
        int recordBytes = _whole.Length - _lastStart;
        File.WriteAllBytes(
            _path, [.. _whole[..headerBytes], .. _whole[(headerBytes + recordBytes)..]]);
        Assert.That(() => Open(), Throws.TypeOf<RecordingException>());
    }

    [Test]
    public void A_full_disk_is_named_and_the_log_goes_on_when_there_is_room()
    {
        var file = new FileStream(
            _path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
        var held = new FileStream(
            _path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using (var log = new EpisodeLog(
            Episodes.Header, new QuotaStream(file, _whole.Length + 50), held))
        {
            Assert.That(
                () => log.Append(Episodes.Number(3)),
                Throws.TypeOf<RecordingException>().With.Message.Contains("disk is full"));
            Assert.That(log.Count, Is.Zero);
        }

        Assert.That(File.ReadAllBytes(_path), Is.EqualTo(_whole));
        using EpisodeLog later = Open();
        Assert.That(later.Append(Episodes.Number(3)), Is.EqualTo(3));
    }

    [Test, CancelAfter(60_000)]
    public void A_writer_that_is_killed_loses_at_most_the_episode_in_progress(
        CancellationToken token)
    {
        File.Delete(_path);
        for (int round = 0; round < 8; round++)
        {
            token.ThrowIfCancellationRequested();
            using Process writer = StartWriter();
            long told = 0;
            for (int i = 0; i < 3 + (7 * round); i++)
            {
                told = long.Parse(writer.StandardOutput.ReadLine()!);
            }

            writer.Kill();
            string rest = writer.StandardOutput.ReadToEnd();
            writer.WaitForExit();
            string[] lines = rest.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            told = lines.Length > 1 ? long.Parse(lines[^2]) : told;
            using EpisodeLog log = Open();
            Assert.That(log.Count, Is.GreaterThan(told));
            Assert.That(
                EpisodeLog.Read(_path).Episodes.Select(one => one.Episode.StartIndex),
                Is.EqualTo(Enumerable.Range(0, (int)log.Count)));
        }
    }

    private EpisodeLog Open() => EpisodeLog.Open(_path, Episodes.Header);

    private Process StartWriter()
    {
        string program = typeof(EpisodeLogDamageTests).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program, _path])
        {
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }
}
