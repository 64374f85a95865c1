using HilRig.Core.Errors;
using Microsoft.Win32.SafeHandles;

namespace HilRig.Recording.Episodes;

/// <summary>
/// Reads single records of a log that another thread or process appends to. One thread.
/// </summary>
public sealed class EpisodeLogFollower : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly EpisodeLogScan _scan;
    private readonly List<long> _offsets = [];

    /// <summary>Opens the log.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="RigException">It cannot be opened, or is damaged.</exception>
    public EpisodeLogFollower(string path)
    {
        _path = path;
        _file = EpisodeLogReading.OpenForReading(path);
        _scan = new EpisodeLogScan(_file, path);
        _offsets.Add(_scan.EndBytes);
    }

    /// <summary>Reads a record.</summary>
    /// <param name="record">Its number; the record must be in the file.</param>
    /// <param name="kind">What it is.</param>
    /// <exception cref="RecordingException">It is not there, or damaged.</exception>
    public byte[] Read(long record, out EpisodeRecordKind kind)
    {
        while (_scan.RecordCount <= record)
        {
            if (!_scan.TryNext(out _, out _))
            {
                throw new RecordingException(
                    "An episode log lacks a record",
                    EpisodeLogReading.Where(_path, record),
                    found: FormattableString.Invariant($"{_scan.RecordCount} records"));
            }

            _offsets.Add(_scan.EndBytes);
        }

        long start = _offsets[(int)record];
        return EpisodeLogReading.ReadRecord(
            _file,
            start,
            (int)(_offsets[(int)record + 1] - start),
            EpisodeLogReading.Where(_path, record),
            out kind);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
