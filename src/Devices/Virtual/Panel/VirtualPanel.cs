using System.IO.MemoryMappedFiles;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using HilRig.Devices.Guardian;
using HilRig.Devices.Power;

namespace HilRig.Devices.Virtual.Panel;

/// <summary>
/// What an emulated rig has beside its bus, as one page of memory in place of wires: the contact of
/// an emergency stop, and the coil of the power relay with its answer. The emulator makes it, the
/// guardian opens it. Each word has one writer; nothing blocks or allocates.
/// </summary>
/// <remarks>
/// Layout, little endian, 8 bytes a word: 0 magic "HILRIGPN", 1 version; by the emulator 2 its
/// process id, 3 the start of its process, 4 contact (0 no wire, 1 released, 2 pressed), 5 relay
/// (0 open, 1 closed), 6 voltage (float64, V), 7 current (float64, A); by the guardian
/// 8 coil (0 without current, 1 with).
/// </remarks>
public sealed unsafe class VirtualPanel : IDisposable
{
    private const long LayoutVersion = 1;
    private const long PageBytes = 4096;
    private const long Magic = 0x4E504749_524C4948;
    private const int ProcessWord = 2;
    private const int StartWord = 3;
    private const int ContactWord = 4;
    private const int RelayWord = 5;
    private const int VoltsWord = 6;
    private const int AmperesWord = 7;
    private const int CoilWord = 8;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long* _words;
    private readonly bool _isMaker;

    private VirtualPanel(string path, FileMode mode)
    {
        Path = path;
        _isMaker = mode == FileMode.Create;
        try
        {
            _file = MemoryMappedFile.CreateFromFile(path, mode, null, PageBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException
            or ArgumentException)
        {
            throw new DeviceException(
                "The panel of the emulated rig cannot be opened",
                path,
                "the file that 'hilrig emulate' makes beside its port",
                error.Message,
                "start the emulator first, as the same user, and name its port",
                error);
        }

        _view = _file.CreateViewAccessor(0, PageBytes);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _words = (long*)(start + _view.PointerOffset);
    }

    /// <summary>The file behind it.</summary>
    public string Path { get; }

    /// <summary>Process id of the emulator.</summary>
    public long EmulatorProcessId => Get(ProcessWord);

    /// <summary>Start of the emulator's process (<see cref="ProcessStart"/>).</summary>
    public long EmulatorStartTicks => Get(StartWord);

    /// <summary>What the contact of the emergency stop says; the emulator writes it.</summary>
    public EmergencyStopStatus Contact
    {
        get => Get(ContactWord) switch
        {
            1 => EmergencyStopStatus.Released,
            2 => EmergencyStopStatus.Pressed,
            _ => EmergencyStopStatus.Lost,
        };
        set => Set(ContactWord, value switch
        {
            EmergencyStopStatus.Released => 1,
            EmergencyStopStatus.Pressed => 2,
            EmergencyStopStatus.Lost => 0,
        });
    }

    /// <summary>Whether the relay gives power; the emulator writes it.</summary>
    public bool IsRelayClosed
    {
        get => Get(RelayWord) == 1;
        set => Set(RelayWord, value ? 1 : 0);
    }

    /// <summary>What flows through the relay; the emulator writes it.</summary>
    public SupplyReading Reading
    {
        get => new(
            BitConverter.Int64BitsToDouble(Get(VoltsWord)),
            BitConverter.Int64BitsToDouble(Get(AmperesWord)));
        set
        {
            Set(VoltsWord, BitConverter.DoubleToInt64Bits(value.Volts));
            Set(AmperesWord, BitConverter.DoubleToInt64Bits(value.Amperes));
        }
    }

    /// <summary>Whether the relay shall give power; the guardian writes it.</summary>
    public bool IsCoilOn
    {
        get => Get(CoilWord) == 1;
        set => Set(CoilWord, value ? 1 : 0);
    }

    /// <summary>Where the panel beside an emulated port is: in the user's runtime folder.</summary>
    /// <param name="port">The port, as the emulator names it.</param>
    public static string PathOf(string port)
    {
        ArgumentNullException.ThrowIfNull(port);
        string name = string.Concat(port.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        return System.IO.Path.Combine(RigKey.DefaultFolder(), name.Trim('-') + ".panel");
    }

    /// <summary>Makes a panel, its button released.</summary>
    /// <param name="path">File to make, or to make anew.</param>
    /// <param name="isCoilOn">Whether the servos have power before anybody orders it.</param>
    /// <exception cref="DeviceException">The file cannot be made.</exception>
    public static VirtualPanel Create(string path, bool isCoilOn)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var panel = new VirtualPanel(path, FileMode.Create);
        panel.Set(1, LayoutVersion);
        panel.Set(StartWord, ProcessStart.TicksOf(Environment.ProcessId));
        panel.Set(ProcessWord, Environment.ProcessId);
        panel.Contact = EmergencyStopStatus.Released;
        panel.IsCoilOn = isCoilOn;
        panel.IsRelayClosed = isCoilOn;
        panel.Set(0, Magic);
        return panel;
    }

    /// <summary>Opens the panel that an emulator made.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DeviceException">It is not there, or is something else.</exception>
    public static VirtualPanel Open(string path)
    {
        var panel = new VirtualPanel(path, FileMode.Open);
        if (panel.Get(0) == Magic && panel.Get(1) == LayoutVersion)
        {
            return panel;
        }

        panel.Dispose();
        throw new DeviceException(
            "This is no panel of an emulated rig that this program understands",
            path,
            $"version {LayoutVersion}",
            remedy: "start emulator and guardian from the same build");
    }

    /// <summary>Unmaps it; whoever made it deletes its file too.</summary>
    public void Dispose()
    {
        if (!_view.SafeMemoryMappedViewHandle.IsClosed)
        {
            // Not the accessor's own Dispose: msync refuses memory that mlockall holds.
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.SafeMemoryMappedViewHandle.Dispose();
            _file.Dispose();
            if (_isMaker)
            {
                File.Delete(Path);
            }
        }
    }

    private long Get(int word) => Volatile.Read(ref _words[word]);

    private void Set(int word, long value) => Volatile.Write(ref _words[word], value);
}
