using HilRig.Core.Errors;
using Microsoft.Win32.SafeHandles;

namespace HilRig.Recording.Episodes;

/// <summary>
/// Walks through a log from its header to its end and checks every record. What follows the last
/// whole record is either a torn end (an append that was cut off) or damage, which is an error.
/// </summary>
internal sealed class EpisodeLogScan
{
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private long _fileBytes;

    public EpisodeLogScan(SafeFileHandle file, string path)
    {
        _file = file;
        _path = path;
        _fileBytes = RandomAccess.GetLength(file);
        Header = ReadHeader(out long end);
        EndBytes = end;
    }

    /// <summary>What all episodes have in common.</summary>
    public EpisodeLogHeader Header { get; }

    /// <summary>End of the last whole record so far, bytes from the start.</summary>
    public long EndBytes { get; private set; }

    /// <summary>Bytes after it; final when <see cref="TryNext"/> has said no.</summary>
    public long TornBytes => _fileBytes - EndBytes;

    /// <summary>Records so far.</summary>
    public long RecordCount { get; private set; }

    /// <summary>The next record.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="payload">Its content.</param>
    /// <returns>False at the end of the file, whole or torn.</returns>
    /// <exception cref="RecordingException">The record is damaged.</exception>
    public bool TryNext(out EpisodeRecordKind kind, out byte[] payload)
    {
        kind = default;
        payload = [];
        _fileBytes = RandomAccess.GetLength(_file);
        long left = _fileBytes - EndBytes;
        if (left < EpisodeLogFormat.RecordHeadBytes)
        {
            return false;
        }

        byte[] headBytes = Read(EndBytes, EpisodeLogFormat.RecordHeadBytes);
        if (!EpisodeLogFormat.TryReadHead(headBytes, out EpisodeRecordHead head))
        {
            return EndsInZeros(EndBytes + EpisodeLogFormat.RecordHeadBytes - 4)
                ? false
                : throw Damaged("no head of a record");
        }

        if (head.Number != RecordCount || head.PayloadBytes > EpisodeLogFormat.PayloadBytesMax)
        {
            throw Damaged(FormattableString.Invariant(
                $"record {head.Number} of {head.PayloadBytes} bytes"));
        }

        long start = EndBytes + EpisodeLogFormat.RecordHeadBytes;
        long end = start + head.PayloadBytes + EpisodeLogFormat.ChecksumBytes;
        if (end > _fileBytes)
        {
            return false;
        }

        byte[] body = Read(start, head.PayloadBytes + EpisodeLogFormat.ChecksumBytes);
        if (!EpisodeLogFormat.IsWhole(
            body.AsSpan(0, head.PayloadBytes), body.AsSpan(head.PayloadBytes)))
        {
            return end == _fileBytes && EndsInZeros(end - EpisodeLogFormat.ChecksumBytes)
                ? false
                : throw Damaged("a wrong checksum");
        }

        kind = head.Kind;
        payload = body[..head.PayloadBytes];
        EndBytes = end;
        RecordCount++;
        return true;
    }

    private EpisodeLogHeader ReadHeader(out long end)
    {
        byte[] head = Read(0, (int)Math.Min(EpisodeLogFormat.FileHeadBytes, _fileBytes));
        string? fault = EpisodeLogFormat.CheckFileHead(head, out int restBytes);
        end = EpisodeLogFormat.FileHeadBytes + restBytes;
        EpisodeLogHeader? header = fault is null && end <= _fileBytes
            ? EpisodeLogFormat.DecodeHeader(Read(0, (int)end))
            : null;
        return header ?? throw new RecordingException(
            "This is no whole episode log",
            _path,
            $"its header, schema {EpisodeLogFormat.Schema}",
            fault ?? "a damaged header");
    }

    /// <summary>
    /// A file that lost power in an append may be as long as it should be, and end in zeros.
    /// </summary>
    private bool EndsInZeros(long from)
    {
        var block = new byte[4096];
        for (long at = from; at < _fileBytes; at += block.Length)
        {
            int count = (int)Math.Min(block.Length, _fileBytes - at);
            RandomAccess.Read(_file, block.AsSpan(0, count), at);
            if (block.AsSpan(0, count).ContainsAnyExcept((byte)0))
            {
                return false;
            }
        }

        return true;
    }

    private byte[] Read(long at, int count)
    {
        var bytes = new byte[count];
        int done = 0;
        while (done < count)
        {
            int read = RandomAccess.Read(_file, bytes.AsSpan(done), at + done);
            if (read == 0)
            {
                throw new RecordingException("An episode log became shorter while read", _path);
            }

            done += read;
        }

        return bytes;
    }

    private RecordingException Damaged(string found) => new(
        "An episode log is damaged",
        FormattableString.Invariant($"{_path}, offset {EndBytes}"),
        FormattableString.Invariant($"record {RecordCount}, whole"),
        found,
        FormattableString.Invariant(
            $"a copy of the file; its first {EndBytes} bytes hold {RecordCount} whole records"));
}
