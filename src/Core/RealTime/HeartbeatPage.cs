using System.Globalization;
using System.IO.MemoryMappedFiles;
using HilRig.Core.Errors;
using HilRig.Core.Joints;

namespace HilRig.Core.RealTime;

/// <summary>
/// One page of memory that host, agent and guardian of a rig share: who they are, when they last
/// beat, and what the agent says of the rig. Every field has one writer; reads and writes are
/// volatile, allocate nothing and never block.
/// </summary>
/// <remarks>
/// Layout, little endian, 8 bytes a field, one cache line a writer:
/// 0 magic "HILRIGHB", 8 version;
/// host from 64: process id, beat;
/// agent from 128: process id, beat, health, stop reason, stop instant, acknowledged, armed once,
/// ended; guardian from 192: process id, beat, stop reason, stop instant, acknowledged, emergency
/// stop;
/// agent again from 256: start of its process, loop has ended.
/// Instants are CLOCK_MONOTONIC ns, 0 for never.
/// </remarks>
public sealed unsafe class HeartbeatPage : IDisposable
{
    /// <summary>Version of the layout; another version is refused.</summary>
    public const long LayoutVersion = 3;

    private const long PageBytes = 4096;
    private const long Magic = 0x42484749_524C4948;
    private const int VersionWord = 1;
    private const int HostWord = 8;
    private const int AgentWord = 16;
    private const int GuardianWord = 24;
    private const int AgentMoreWord = 32;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long* _words;

    private HeartbeatPage(string path, FileMode mode)
    {
        Path = path;
        FileStream? stream = null;
        try
        {
            stream = new FileStream(
                path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            if (mode == FileMode.Open && stream.Length != PageBytes)
            {
                throw WrongLayout(path, string.Create(
                    CultureInfo.InvariantCulture, $"{stream.Length} bytes"));
            }

            _file = MemoryMappedFile.CreateFromFile(
                stream,
                null,
                PageBytes,
                MemoryMappedFileAccess.ReadWrite,
                HandleInheritability.None,
                leaveOpen: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            throw new DeviceException(
                "the heartbeat page of the rig cannot be opened",
                path,
                "a file that host, agent and guardian may all write",
                error.Message,
                "start agent and guardian from hilrig run, as the same user",
                error);
        }
        catch
        {
            stream?.Dispose();
            throw;
        }

        _view = _file.CreateViewAccessor(0, PageBytes);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _words = (long*)(start + _view.PointerOffset);
    }

    /// <summary>The file behind the page.</summary>
    public string Path { get; }

    /// <summary>Process id of the host; 0 before it says so.</summary>
    public long HostProcessId
    {
        get => Get(HostWord);
        set => Set(HostWord, value);
    }

    /// <summary>When the host's loop last beat.</summary>
    public long HostBeatNanoseconds
    {
        get => Get(HostWord + 1);
        set => Set(HostWord + 1, value);
    }

    /// <summary>Process id of the agent; 0 before it says so.</summary>
    public long AgentProcessId
    {
        get => Get(AgentWord);
        set => Set(AgentWord, value);
    }

    /// <summary>When the agent's loop last beat; 0 until it runs.</summary>
    public long AgentBeatNanoseconds
    {
        get => Get(AgentWord + 1);
        set => Set(AgentWord + 1, value);
    }

    /// <summary>What the agent says of the rig.</summary>
    public PlantHealth AgentHealth
    {
        get => (PlantHealth)Get(AgentWord + 2);
        set => Set(AgentWord + 2, (long)value);
    }

    /// <summary>Why the agent stopped; None while it has not.</summary>
    public StopReason AgentStopReason
    {
        get => (StopReason)Get(AgentWord + 3);
        set => Set(AgentWord + 3, (long)value);
    }

    /// <summary>When the agent latched its stop.</summary>
    public long AgentStopNanoseconds
    {
        get => Get(AgentWord + 4);
        set => Set(AgentWord + 4, value);
    }

    /// <summary>Whether every servo confirmed the agent's safe posture.</summary>
    public bool AgentStopAcknowledged
    {
        get => Get(AgentWord + 5) != 0;
        set => Set(AgentWord + 5, value ? 1 : 0);
    }

    /// <summary>Whether the agent has armed the rig at least once.</summary>
    public bool AgentHasArmed
    {
        get => Get(AgentWord + 6) != 0;
        set => Set(AgentWord + 6, value ? 1 : 0);
    }

    /// <summary>
    /// Whether the agent ended in good order: the rig is disarmed or safe and confirmed.
    /// </summary>
    public bool AgentEnded
    {
        get => Get(AgentWord + 7) != 0;
        set => Set(AgentWord + 7, value ? 1 : 0);
    }

    /// <summary>
    /// Start of the agent's process (<see cref="ProcessStart"/>), so that a later process with the
    /// same id is told apart; 0 where that is unknown. Written before the id.
    /// </summary>
    public long AgentStartTicks
    {
        get => Get(AgentMoreWord);
        set => Set(AgentMoreWord, value);
    }

    /// <summary>
    /// Whether the agent's loop has ended, safe or not: the process closes its buses and beats no
    /// more.
    /// </summary>
    public bool AgentLoopEnded
    {
        get => Get(AgentMoreWord + 1) != 0;
        set => Set(AgentMoreWord + 1, value ? 1 : 0);
    }

    /// <summary>Process id of the guardian; 0 before it says so.</summary>
    public long GuardianProcessId
    {
        get => Get(GuardianWord);
        set => Set(GuardianWord, value);
    }

    /// <summary>When the guardian last looked.</summary>
    public long GuardianBeatNanoseconds
    {
        get => Get(GuardianWord + 1);
        set => Set(GuardianWord + 1, value);
    }

    /// <summary>Why the guardian took the bus over; None while it has not.</summary>
    public StopReason GuardianStopReason
    {
        get => (StopReason)Get(GuardianWord + 2);
        set => Set(GuardianWord + 2, (long)value);
    }

    /// <summary>When the guardian decided to take the bus over.</summary>
    public long GuardianStopNanoseconds
    {
        get => Get(GuardianWord + 3);
        set => Set(GuardianWord + 3, value);
    }

    /// <summary>Whether every servo confirmed the guardian's safe posture.</summary>
    public bool GuardianStopAcknowledged
    {
        get => Get(GuardianWord + 4) != 0;
        set => Set(GuardianWord + 4, value ? 1 : 0);
    }

    /// <summary>
    /// Since when the emergency stop is pressed or cannot be read; 0 while it is released, or the
    /// rig has none. The agent stops while it is not 0.
    /// </summary>
    public long EmergencyStopNanoseconds
    {
        get => Get(GuardianWord + 5);
        set => Set(GuardianWord + 5, value);
    }

    /// <summary>Makes a fresh page, over an old file if there is one.</summary>
    /// <param name="path">File to make, best in memory (/dev/shm).</param>
    /// <exception cref="DeviceException">The file cannot be made.</exception>
    public static HeartbeatPage Create(string path)
    {
        var page = new HeartbeatPage(path, FileMode.Create);
        page.Set(VersionWord, LayoutVersion);
        page.Set(0, Magic);
        return page;
    }

    /// <summary>Opens the page that another process made.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DeviceException">The file cannot be opened.</exception>
    /// <exception cref="ProtocolException">
    /// It is not a heartbeat page, or one of another version.
    /// </exception>
    public static HeartbeatPage Open(string path)
    {
        var page = new HeartbeatPage(path, FileMode.Open);
        long magic = page.Get(0);
        long version = page.Get(VersionWord);
        if (magic != Magic || version != LayoutVersion)
        {
            page.Dispose();
            throw WrongLayout(path, magic == Magic
                ? string.Create(CultureInfo.InvariantCulture, $"version {version}")
                : "another kind of file");
        }

        return page;
    }

    /// <summary>Unmaps the page. The file stays; whoever made it deletes it.</summary>
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

    private static ProtocolException WrongLayout(string path, string found) => new(
        "this is not a heartbeat page that this program understands",
        path,
        string.Create(CultureInfo.InvariantCulture, $"version {LayoutVersion}"),
        found,
        "start host, agent and guardian from the same build");

    private long Get(int word) => Volatile.Read(ref _words[word]);

    private void Set(int word, long value) => Volatile.Write(ref _words[word], value);
}
