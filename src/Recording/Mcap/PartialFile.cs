using System.IO.Hashing;
using HilRig.Core.Errors;
using HilRig.Recording.Mcap.Encoding;

namespace HilRig.Recording.Mcap;

/// <summary>
/// The bytes of an MCAP file under way: appended whole record by whole record, checksummed, and cut
/// back to the last whole record when the disk refuses. NAME.partial until it is complete.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private readonly Stream _stream;
    private readonly string _name;
    private readonly string? _finalPath;
    private readonly Crc32 _checksum = new();
    private bool _ended;

    public PartialFile(Stream stream)
        : this(stream, (stream as FileStream)?.Name ?? "recording", null)
    {
    }

    private PartialFile(Stream stream, string name, string? finalPath)
    {
        _stream = stream;
        _name = name;
        _finalPath = finalPath;
    }

    /// <summary>Bytes written so far.</summary>
    public ulong Offset { get; private set; }

    /// <summary>Whether every append is synchronised with the disk.</summary>
    public bool SynchronisesAlways { get; set; }

    public static string PathFor(string path) => path + ".partial";

    /// <summary>Creates PATH.partial, to become PATH in <see cref="Complete"/>.</summary>
    public static PartialFile Create(string path)
    {
        string partial = PathFor(path);
        if (File.Exists(path) || File.Exists(partial))
        {
            throw new RecordingException(
                "a recording would be overwritten",
                File.Exists(path) ? path : partial,
                remedy: "choose another output folder, or mend the old file with 'hilrig recover'");
        }

        try
        {
            // Buffer size 0: a chunk goes to the operating system in one call, whole.
            var stream = new FileStream(
                partial, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            return new PartialFile(stream, partial, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw WriteError(partial, error);
        }
    }

    /// <summary>Hands the buffer to the operating system and clears it.</summary>
    /// <exception cref="RecordingException">
    /// The disk refused; the file is cut back and closed.
    /// </exception>
    public void Append(RecordBuffer buffer)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        try
        {
            _stream.Write(buffer.Written);
            if (SynchronisesAlways)
            {
                (_stream as FileStream)?.Flush(flushToDisk: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _ended = true;
            CutBack();
            throw WriteError(_name, error);
        }

        _checksum.Append(buffer.Written);
        Offset += (ulong)buffer.Length;
        buffer.Clear();
    }

    /// <summary>
    /// Ends the data, writes the summary, synchronises with the disk and names the file.
    /// </summary>
    /// <param name="buffer">An empty buffer to build the end of the file in.</param>
    /// <param name="summary">What the file holds.</param>
    /// <exception cref="RecordingException">The disk refused; the file stays partial.</exception>
    public void Complete(RecordBuffer buffer, SummaryBuilder summary)
    {
        RecordEncoder.DataEnd(buffer, _checksum.GetCurrentHashAsUInt32());
        summary.AppendTo(buffer, Offset);
        Append(buffer);
        _ended = true;
        try
        {
            (_stream as FileStream)?.Flush(flushToDisk: true);
            _stream.Dispose();
            if (_finalPath is not null)
            {
                File.Move(_name, _finalPath, overwrite: false);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw WriteError(_name, error);
        }
    }

    public void Dispose()
    {
        _ended = true;
        _stream.Dispose();
    }

    private static RecordingException WriteError(string name, Exception error) =>
        DiskFault.IsFull(error)
        ? new RecordingException(
            "the disk is full while recording",
            name,
            "room for the recording",
            "none left",
            "free space or choose another --out; 'hilrig recover' makes the partial file readable",
            error)
        : new RecordingException(
            "the recording cannot be written",
            name,
            found: error.Message.TrimEnd('.'),
            remedy: "check the folder and its permissions",
            inner: error);

    private void CutBack()
    {
        if (!_stream.CanSeek)
        {
            return;
        }

        try
        {
            _stream.SetLength((long)Offset);
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The torn tail stays; recovery finds it by its checksum.
        }
    }
}
