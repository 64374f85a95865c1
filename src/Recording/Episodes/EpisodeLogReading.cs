using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using Microsoft.Win32.SafeHandles;

namespace HilRig.Recording.Episodes;

/// <summary>Reads a log from its start, also while another process appends to it.</summary>
internal static class EpisodeLogReading
{
    public static EpisodeLogContent ReadAll(string path, long recordCountMax)
    {
        using SafeFileHandle file = OpenForReading(path);
        var scan = new EpisodeLogScan(file, path);
        var episodes = new List<LoggedEpisode>();
        var taken = new HashSet<Guid>();
        foreach (EpisodeLogEntry entry in Entries(scan, path, recordCountMax))
        {
            if (entry.Episode is not null)
            {
                episodes.Add(new LoggedEpisode(
                    entry.EpisodeIndex,
                    entry.Episode,
                    entry.Episode.Verdict,
                    entry.Episode.VerdictSource,
                    []));
            }
            else if (taken.Add(entry.Amendment!.Id))
            {
                Amend(episodes, entry.Amendment);
            }
        }

        bool isWhole = recordCountMax == long.MaxValue;
        return new EpisodeLogContent
        {
            Header = scan.Header,
            Episodes = episodes,
            RecordCount = scan.RecordCount,
            TornBytes = isWhole ? scan.TornBytes : 0,
            Pending = isWhole ? ApplyPending(path, episodes, taken) : [],
        };
    }

    /// <summary>The records one after another, decoded and checked.</summary>
    public static IEnumerable<EpisodeLogEntry> Entries(
        EpisodeLogScan scan, string path, long recordCountMax)
    {
        long episodeCount = 0;
        while (scan.RecordCount < recordCountMax
            && scan.TryNext(out EpisodeRecordKind kind, out byte[] payload))
        {
            long record = scan.RecordCount - 1;
            EpisodeLogEntry entry = Decode(
                scan.Header, kind, payload, (record, episodeCount), Where(path, record));
            episodeCount += entry.Episode is null ? 0 : 1;
            yield return entry;
        }
    }

    /// <summary>Decodes a record and checks that it fits the log.</summary>
    public static EpisodeLogEntry Decode(
        EpisodeLogHeader header,
        EpisodeRecordKind kind,
        ReadOnlySpan<byte> payload,
        (long Record, long EpisodeCount) place,
        string where)
    {
        switch (kind)
        {
            case EpisodeRecordKind.Episode:
                Episode episode = EpisodeCodec.Decode(payload, where);
                header.RequireFits(episode, where);
                return new EpisodeLogEntry(place.Record, place.EpisodeCount, episode, null);
            case EpisodeRecordKind.Amendment:
                VerdictAmendment amendment = EpisodeLogFormat.DecodeAmendment(payload)
                    ?? throw new RecordingException("These bytes are no verdict", where);
                return amendment.EpisodeIndex < place.EpisodeCount
                    ? new EpisodeLogEntry(
                        place.Record, amendment.EpisodeIndex, null, amendment)
                    : throw EpisodeLogContent.MissingEpisode(
                        amendment.EpisodeIndex, place.EpisodeCount, where);
            default:
                throw new RecordingException(
                    "A record is of an unknown kind",
                    where,
                    "an episode or a verdict",
                    FormattableString.Invariant($"kind {(byte)kind}"));
        }
    }

    /// <summary>Reads a record whose place is known.</summary>
    public static byte[] ReadRecord(
        SafeFileHandle file, long start, int count, string where, out EpisodeRecordKind kind)
    {
        var bytes = new byte[count];
        int read = RandomAccess.Read(file, bytes, start);
        ReadOnlySpan<byte> payload = bytes.AsSpan(EpisodeLogFormat.RecordHeadBytes)[..^4];
        if (read < count
            || !EpisodeLogFormat.TryReadHead(bytes, out EpisodeRecordHead head)
            || !EpisodeLogFormat.IsWhole(payload, bytes.AsSpan(count - 4)))
        {
            throw new RecordingException(
                "A record of an episode log has changed since it was written", where);
        }

        kind = head.Kind;
        return payload.ToArray();
    }

    public static SafeFileHandle OpenForReading(string path)
    {
        try
        {
            return File.OpenHandle(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException(
                "An episode log cannot be opened",
                path,
                "a file of episodes",
                error.Message.TrimEnd('.'),
                inner: error);
        }
    }

    public static string Where(string path, long record) =>
        FormattableString.Invariant($"{path}, record {record}");

    private static List<VerdictAmendment> ApplyPending(
        string path, List<LoggedEpisode> episodes, HashSet<Guid> taken)
    {
        var pending = new List<VerdictAmendment>();
        foreach ((_, VerdictAmendment? amendment) in PendingAmendments.Find(path))
        {
            if (amendment is not null
                && amendment.EpisodeIndex < episodes.Count
                && taken.Add(amendment.Id))
            {
                Amend(episodes, amendment);
                pending.Add(amendment);
            }
        }

        return pending;
    }

    private static void Amend(List<LoggedEpisode> episodes, VerdictAmendment amendment)
    {
        int index = (int)amendment.EpisodeIndex;
        episodes[index] = episodes[index].With(amendment);
    }
}
