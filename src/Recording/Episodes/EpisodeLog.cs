using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Core.Files;
using HilRig.Recording.Mcap.Encoding;
using Microsoft.Win32.SafeHandles;

namespace HilRig.Recording.Episodes;

/// <summary>
/// Episodes on disk, append-only: what is appended is synchronised with the disk before the call
/// returns, and never rewritten. A later verdict is a record of its own.
/// </summary>
/// <remarks>
/// One writer, held off from others by a lock on the file LOG.lock, which ends with its process;
/// any number of readers. Not thread-safe.
/// </remarks>
public sealed class EpisodeLog : IDisposable
{
    private readonly FileStream _lock;
    private readonly Stream _stream;
    private readonly RecordBuffer _buffer = new(16 * 1024);
    private readonly HashSet<Guid> _taken = [];
    private readonly List<long> _offsets = [];
    private bool _isBroken;

    private EpisodeLog(string path, FileStream heldLock, EpisodeLogHeader expected)
    {
        Path = path;
        _lock = heldLock;
        using (SafeFileHandle file = EpisodeLogReading.OpenForReading(path))
        {
            var scan = new EpisodeLogScan(file, path);
            scan.Header.RequireSame(expected, path);
            Header = scan.Header;
            _offsets.Add(scan.EndBytes);
            foreach (EpisodeLogEntry entry in
                EpisodeLogReading.Entries(scan, path, long.MaxValue))
            {
                Register(entry, scan.EndBytes);
            }

            TornBytes = scan.TornBytes;
        }

        _stream = OpenForWriting(path);
        if (TornBytes > 0)
        {
            TornPath = CutTorn();
        }
    }

    internal EpisodeLog(EpisodeLogHeader header, Stream stream, FileStream heldLock)
    {
        Path = heldLock.Name;
        Header = header;
        _lock = heldLock;
        _stream = stream;
        _offsets.Add(stream.Length);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What all episodes have in common.</summary>
    public EpisodeLogHeader Header { get; }

    /// <summary>Episodes in it.</summary>
    public long Count { get; private set; }

    /// <summary>Records in it: episodes and later verdicts.</summary>
    public long RecordCount => _offsets.Count - 1;

    /// <summary>
    /// Bytes of an append that was cut off, which <see cref="Open"/> took away; 0 for none.
    /// </summary>
    public long TornBytes { get; }

    /// <summary>Where they are kept; null for none.</summary>
    public string? TornPath { get; }

    /// <summary>Opens a log to append to, and makes it if there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">What its episodes have in common.</param>
    /// <exception cref="ScenarioException">It holds episodes of another kind.</exception>
    /// <exception cref="RecordingException">
    /// It is damaged, another process writes it, or the disk refuses.
    /// </exception>
    public static EpisodeLog Open(string path, EpisodeLogHeader header)
    {
        FileStream heldLock = TryLock(path) ?? throw new RecordingException(
            "Another process writes this episode log",
            path,
            "one writer",
            remedy: "end the other run, or choose another folder");
        try
        {
            if (!File.Exists(path))
            {
                Create(path, header);
            }

            return new EpisodeLog(path, heldLock, header);
        }
        catch
        {
            heldLock.Dispose();
            throw;
        }
    }

    /// <summary>Reads a log; its writer may go on meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recordCountMax">
    /// Read only so many records, as a snapshot that knew no more saw it; verdicts that wait beside
    /// the file are then left out.
    /// </param>
    /// <exception cref="ScenarioException">It cannot be opened.</exception>
    /// <exception cref="RecordingException">It is damaged.</exception>
    public static EpisodeLogContent Read(string path, long recordCountMax = long.MaxValue) =>
        EpisodeLogReading.ReadAll(path, recordCountMax);

    /// <summary>Reads the records of a log one after another, as they were written.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ScenarioException">It cannot be opened.</exception>
    /// <exception cref="RecordingException">It is damaged.</exception>
    public static IEnumerable<EpisodeLogEntry> ReadEntries(string path)
    {
        using SafeFileHandle file = EpisodeLogReading.OpenForReading(path);
        var scan = new EpisodeLogScan(file, path);
        foreach (EpisodeLogEntry entry in EpisodeLogReading.Entries(scan, path, long.MaxValue))
        {
            yield return entry;
        }
    }

    /// <summary>
    /// Gives a later verdict, whether or not another process writes the log: if one does, the
    /// verdict waits beside the file and the writer takes it with <see cref="TakePending"/>.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="amendment">The verdict.</param>
    /// <returns>Whether it waits.</returns>
    /// <exception cref="ScenarioException">There is no such log or episode.</exception>
    /// <exception cref="RecordingException">It is damaged, or the disk refuses.</exception>
    public static bool Relabel(string path, VerdictAmendment amendment)
    {
        EpisodeLogContent content = Read(path);
        content.Require(amendment.EpisodeIndex, path);
        using FileStream? heldLock = TryLock(path);
        if (heldLock is null)
        {
            PendingAmendments.Leave(path, amendment);
            return true;
        }

        using var log = new EpisodeLog(path, heldLock, content.Header);
        log.TakePending();
        log.Amend(amendment);
        return false;
    }

    /// <summary>Keeps an episode.</summary>
    /// <param name="episode">The episode.</param>
    /// <returns>Its index.</returns>
    /// <exception cref="RecordingException">
    /// It does not fit the log, or the disk refuses: then nothing of it is kept.
    /// </exception>
    public long Append(Episode episode)
    {
        Header.RequireFits(episode, Path);
        AppendRecord(EpisodeRecordKind.Episode, EpisodeCodec.Encode(episode));
        return Count++;
    }

    /// <summary>Keeps a later verdict; one that is kept already is passed over.</summary>
    /// <param name="amendment">The verdict.</param>
    /// <returns>Whether it was new.</returns>
    /// <exception cref="ScenarioException">There is no such episode.</exception>
    /// <exception cref="RecordingException">The disk refuses.</exception>
    public bool Amend(VerdictAmendment amendment)
    {
        if (amendment.EpisodeIndex < 0 || amendment.EpisodeIndex >= Count)
        {
            throw EpisodeLogContent.MissingEpisode(amendment.EpisodeIndex, Count, Path);
        }

        if (_taken.Contains(amendment.Id))
        {
            return false;
        }

        AppendRecord(
            EpisodeRecordKind.Amendment, EpisodeLogFormat.EncodeAmendment(amendment));
        return _taken.Add(amendment.Id);
    }

    /// <summary>
    /// Takes the verdicts into the log that others left beside it. Call it between episodes.
    /// </summary>
    /// <returns>Those that were new, oldest first.</returns>
    /// <exception cref="RecordingException">The disk refuses.</exception>
    public IReadOnlyList<VerdictAmendment> TakePending()
    {
        var taken = new List<VerdictAmendment>();
        foreach ((string file, VerdictAmendment? amendment) in PendingAmendments.Find(Path))
        {
            if (amendment is null || amendment.EpisodeIndex >= Count)
            {
                PendingAmendments.Refuse(file);
                continue;
            }

            if (Amend(amendment))
            {
                taken.Add(amendment);
            }

            File.Delete(file);
        }

        return taken;
    }

    /// <summary>
    /// Keeps a record of another log as it is: how a learner's log follows that of its rig.
    /// </summary>
    /// <param name="kind">What it is.</param>
    /// <param name="payload">Its content.</param>
    /// <returns>What it holds.</returns>
    /// <exception cref="RigException">It is no such record, or the disk refuses.</exception>
    public EpisodeLogEntry AppendCopy(EpisodeRecordKind kind, ReadOnlySpan<byte> payload)
    {
        EpisodeLogEntry entry = EpisodeLogReading.Decode(
            Header,
            kind,
            payload,
            (RecordCount, Count),
            EpisodeLogReading.Where(Path, RecordCount));
        AppendRecord(kind, payload);
        Count += entry.Episode is null ? 0 : 1;
        if (entry.Amendment is not null)
        {
            _taken.Add(entry.Amendment.Id);
        }

        return entry;
    }

    /// <summary>Reads a record back as bytes.</summary>
    /// <param name="record">Its number.</param>
    /// <param name="kind">What it is.</param>
    public byte[] ReadRecord(long record, out EpisodeRecordKind kind)
    {
        long start = _offsets[(int)record];
        int count = (int)(_offsets[(int)record + 1] - start);
        using SafeFileHandle file = EpisodeLogReading.OpenForReading(Path);
        return EpisodeLogReading.ReadRecord(
            file, start, count, EpisodeLogReading.Where(Path, record), out kind);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _lock.Dispose();
    }

    private static void Create(string path, EpisodeLogHeader header)
    {
        try
        {
            Durable.Write(path, stream => stream.Write(EpisodeLogFormat.EncodeHeader(header)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw EpisodeLogFault.Writing(path, error);
        }
    }

    private static FileStream? TryLock(string path)
    {
        string lockPath = path + ".lock";
        try
        {
            return new FileStream(
                lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(lockPath))
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw EpisodeLogFault.Writing(lockPath, error);
        }
    }

    private static FileStream OpenForWriting(string path)
    {
        try
        {
            // Buffer size 0: a record goes to the operating system in one call, whole.
            return new FileStream(
                path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw EpisodeLogFault.Writing(path, error);
        }
    }

    private void Register(EpisodeLogEntry entry, long endBytes)
    {
        _offsets.Add(endBytes);
        Count += entry.Episode is null ? 0 : 1;
        if (entry.Amendment is not null)
        {
            _taken.Add(entry.Amendment.Id);
        }
    }

    private string CutTorn()
    {
        string torn = FormattableString.Invariant($"{Path}.{_offsets[^1]}.torn");
        try
        {
            _stream.Position = _offsets[^1];
            Durable.Write(torn, _stream.CopyTo);
            _stream.SetLength(_offsets[^1]);
            Synchronise();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw EpisodeLogFault.Writing(torn, error);
        }

        return torn;
    }

    private void AppendRecord(EpisodeRecordKind kind, ReadOnlySpan<byte> payload)
    {
        if (_isBroken)
        {
            throw new RecordingException(
                "An episode log is closed since a write failed",
                Path,
                remedy: "make room, then resume the run");
        }

        _buffer.Clear();
        EpisodeLogFormat.AppendRecord(_buffer, kind, RecordCount, payload);
        long end = _offsets[^1];
        try
        {
            _stream.Position = end;
            _stream.Write(_buffer.Written);
            Synchronise();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            CutBack(end);
            throw EpisodeLogFault.Writing(Path, error);
        }

        _offsets.Add(end + _buffer.Length);
    }

    private void Synchronise() => (_stream as FileStream)?.Flush(flushToDisk: true);

    private void CutBack(long end)
    {
        try
        {
            _stream.SetLength(end);
            Synchronise();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _isBroken = true;
        }
    }
}
