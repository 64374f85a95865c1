using System.IO.MemoryMappedFiles;
using HilRig.Core.Errors;

namespace HilRig.Bridge.Bulk;

/// <summary>The file of an image ring, mapped.</summary>
internal sealed unsafe class BulkMap : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private bool _disposed;

    private BulkMap(FileStream stream, long bytes, bool canWrite)
    {
        MemoryMappedFileAccess access = canWrite
            ? MemoryMappedFileAccess.ReadWrite
            : MemoryMappedFileAccess.Read;
        _file = MemoryMappedFile.CreateFromFile(
            stream, null, bytes, access, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, bytes, access);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
        Bytes = bytes;
    }

    /// <summary>Length of the file.</summary>
    public long Bytes { get; }

    /// <summary>
    /// Makes a file whose memory is there for certain, readable by this user only.
    /// </summary>
    public static BulkMap Create(string path, long bytes)
    {
        try
        {
            File.Delete(path);
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite | FileShare.Delete,
                PreallocationSize = bytes,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            var stream = new FileStream(path, options);
            stream.SetLength(bytes);
            return new BulkMap(stream, bytes, canWrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(
                "the memory of an image ring cannot be had",
                path,
                $"{bytes} bytes in a folder this user may write",
                error.Message.TrimEnd('.'),
                "fewer or smaller frames, or a larger /dev/shm",
                error);
        }
    }

    /// <summary>Opens a file to read.</summary>
    public static BulkMap Open(string path)
    {
        try
        {
            var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length < BulkLayout.PageBytes)
            {
                stream.Dispose();
                throw NotARing(path, $"{stream.Length} bytes");
            }

            return new BulkMap(stream, stream.Length, canWrite: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(
                "an image ring cannot be opened", path, found: error.Message.TrimEnd('.'),
                remedy: "start its writer first, as the same user", inner: error);
        }
    }

    /// <summary>The error of a file that is something else.</summary>
    public static ProtocolException NotARing(string path, string found) => new(
        "this is not an image ring that this program understands",
        path,
        $"version {BulkLayout.Version}, whole",
        found,
        "start writer and reader from the same build");

    /// <summary>A word that several processes use.</summary>
    public ref long Word(long at) => ref *(long*)(_start + at);

    /// <summary>A number of the head.</summary>
    public ref int Number(long at) => ref *(int*)(_start + at);

    /// <summary>Bytes of the file.</summary>
    public Span<byte> Span(long at, int length) => new(_start + at, length);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed)
        {
            // Not the accessor's own Dispose: it flushes, and msync refuses locked memory.
            _disposed = true;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.SafeMemoryMappedViewHandle.Dispose();
            _file.Dispose();
        }
    }
}
