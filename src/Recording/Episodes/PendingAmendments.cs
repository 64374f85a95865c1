using System.Globalization;
using HilRig.Core.Files;
using HilRig.Recording.Mcap.Encoding;

namespace HilRig.Recording.Episodes;

/// <summary>
/// Verdicts that somebody gave while another process writes the log: one file each in the folder
/// LOG.amendments, until the writer has taken them into the log. A crash between taking and
/// deleting does no harm: an amendment has a name and is taken once.
/// </summary>
internal static class PendingAmendments
{
    private const string Extension = ".amendment";
    private const string Refused = ".refused";

    public static string FolderOf(string logPath) => logPath + ".amendments";

    /// <summary>Leaves one for the writer.</summary>
    public static void Leave(string logPath, VerdictAmendment amendment)
    {
        string folder = FolderOf(logPath);
        var buffer = new RecordBuffer(256);
        EpisodeLogFormat.AppendRecord(
            buffer,
            EpisodeRecordKind.Amendment,
            0,
            EpisodeLogFormat.EncodeAmendment(amendment));
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"{amendment.Utc.UtcTicks:D19}-{amendment.Id:N}{Extension}");
        try
        {
            Directory.CreateDirectory(folder);
            Durable.Write(Path.Combine(folder, name), stream => stream.Write(buffer.Written));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw EpisodeLogFault.Writing(folder, error);
        }
    }

    /// <summary>All that wait, oldest first, with their files.</summary>
    public static List<(string Path, VerdictAmendment? Amendment)> Find(string logPath)
    {
        string folder = FolderOf(logPath);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        string[] files = Directory.GetFiles(folder, "*" + Extension);
        Array.Sort(files, StringComparer.Ordinal);
        var found = new List<(string, VerdictAmendment?)>();
        foreach (string file in files)
        {
            try
            {
                found.Add((file, Decode(File.ReadAllBytes(file))));
            }
            catch (FileNotFoundException)
            {
                // Its writer has taken it meanwhile.
            }
        }

        return found;
    }

    /// <summary>Sets one aside that cannot be taken.</summary>
    public static void Refuse(string file) => File.Move(file, file + Refused, overwrite: true);

    private static VerdictAmendment? Decode(ReadOnlySpan<byte> bytes)
    {
        const int Frame = EpisodeLogFormat.RecordHeadBytes + EpisodeLogFormat.ChecksumBytes;
        return bytes.Length >= Frame
            && EpisodeLogFormat.TryReadHead(
                bytes[..EpisodeLogFormat.RecordHeadBytes], out EpisodeRecordHead head)
            && head.Kind == EpisodeRecordKind.Amendment
            && head.PayloadBytes == bytes.Length - Frame
            && EpisodeLogFormat.IsWhole(
                bytes.Slice(EpisodeLogFormat.RecordHeadBytes, head.PayloadBytes), bytes[^4..])
                ? EpisodeLogFormat.DecodeAmendment(
                    bytes.Slice(EpisodeLogFormat.RecordHeadBytes, head.PayloadBytes))
                : null;
    }
}
