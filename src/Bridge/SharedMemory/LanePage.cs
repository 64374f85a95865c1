using System.Globalization;
using System.IO.MemoryMappedFiles;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;

namespace HilRig.Bridge.SharedMemory;

/// <summary>
/// A lane's file in this process's memory. Nothing in it is trusted: its layout is this build's
/// own, and every index is reduced to the file before it is used.
/// </summary>
internal sealed unsafe class LanePage : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    private LanePage(string path, FileStream stream, LaneLayout layout)
    {
        Path = path;
        Layout = layout;
        _file = MemoryMappedFile.CreateFromFile(
            stream,
            null,
            layout.FileBytes,
            MemoryMappedFileAccess.ReadWrite,
            HandleInheritability.None,
            leaveOpen: false);
        _view = _file.CreateViewAccessor(0, layout.FileBytes);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _start = start + _view.PointerOffset;
        Header = (long*)_start;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Where everything lies.</summary>
    public LaneLayout Layout { get; }

    /// <summary>The header's words.</summary>
    public long* Header { get; }

    /// <summary>Makes an agent's file anew; peers of an older one keep that.</summary>
    /// <param name="path">The file, best in memory (/dev/shm); readable by its user only.</param>
    /// <param name="dofCount">Number of joints.</param>
    /// <param name="agentId">The agent's random id.</param>
    /// <exception cref="DeviceException">It cannot be made.</exception>
    public static LanePage Create(string path, int dofCount, ulong agentId)
    {
        string fresh = string.Create(
            CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.new");
        try
        {
            var layout = new LaneLayout(dofCount);
            var page = new LanePage(path, Fill(fresh, layout.FileBytes), layout);
            long* header = page.Header;
            fixed (byte* hash = layout.Sha256)
            {
                new Span<byte>(hash, 32).CopyTo(new Span<byte>(header + HeaderWord.Hash, 32));
            }

            header[HeaderWord.DofCount] = dofCount;
            header[HeaderWord.FileBytes] = layout.FileBytes;
            header[HeaderWord.AgentProcess] = Environment.ProcessId;
            header[HeaderWord.AgentStart] = ProcessStart.TicksOf(Environment.ProcessId);
            header[HeaderWord.AgentId] = (long)agentId;
            header[HeaderWord.AgentBeat] = MonotonicClock.NowNanoseconds;
            header[HeaderWord.Version] = LaneLayout.Version;
            Volatile.Write(ref header[HeaderWord.Magic], LaneLayout.Magic);
            File.Move(fresh, path, overwrite: true);
            return page;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(
                "the shared memory of the agent cannot be made",
                path,
                "a file in a folder this user may write",
                error.Message,
                "free space there, or name another folder",
                error);
        }
    }

    /// <summary>Opens an agent's file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ProtocolException">
    /// It is not there, of another kind or build, or its agent has ended.
    /// </exception>
    public static LanePage Open(string path)
    {
        FileStream? stream = null;
        try
        {
            stream = new FileStream(
                path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return new LanePage(path, stream, LaneHeader.Check(path, stream));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            throw new ProtocolException(
                "no agent answered the handshake",
                "shm:" + path,
                "an agent's shared memory",
                error.Message,
                "check that the agent runs, as this user, and that this is the address it printed",
                error);
        }
        catch
        {
            stream?.Dispose();
            throw;
        }
    }

    /// <summary>Words at a place of the layout.</summary>
    /// <param name="offset">Bytes from the start, from the layout.</param>
    public long* At(long offset) => (long*)(_start + offset);

    /// <summary>Unmaps the file; <see cref="Delete"/> removes it.</summary>
    public void Dispose()
    {
        if (!_view.SafeMemoryMappedViewHandle.IsClosed)
        {
            // Not the accessor's own Dispose: it flushes, and msync refuses memory that mlockall
            // holds.
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.SafeMemoryMappedViewHandle.Dispose();
            _file.Dispose();
        }
    }

    /// <summary>Removes the file unless a later agent has made it anew.</summary>
    public void Delete()
    {
        try
        {
            using (var stream = new FileStream(
                Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
            {
                if (LaneHeader.AgentIdOf(stream) != (ulong)Header[HeaderWord.AgentId])
                {
                    return;
                }
            }

            File.Delete(Path);
        }
        catch (IOException)
        {
            // Somebody removed it already.
        }
    }

    // Written, not only sized: memory that is full then says so here and not as a signal later.
    private static FileStream Fill(string path, long byteCount)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var stream = new FileStream(path, options);
        byte[] zeros = new byte[64 * 1024];
        for (long left = byteCount; left > 0; left -= zeros.Length)
        {
            stream.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        }

        stream.Flush();
        return stream;
    }
}
