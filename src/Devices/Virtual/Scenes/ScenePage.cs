using System.IO.MemoryMappedFiles;
using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Devices.Guardian;

namespace HilRig.Devices.Virtual.Scenes;

/// <summary>
/// The objects of an emulated scene as one page of memory, in place of a camera that sees them and
/// of hands that move them. The emulator makes it and publishes; one host looks and places. Each
/// word has one writer; nothing blocks or allocates.
/// </summary>
/// <remarks>
/// Layout, little endian, 8 bytes a word: 0 magic "HILRIGSC", 1 version, 2 count of object joints;
/// by the emulator 3 whether it has ended, 8 sequence (odd while it writes), 9 CLOCK_MONOTONIC ns
/// of the places, 10 number of the newest placement among them, 16 to 79 places (float64, rad or
/// m); by the host 128 number of the placement it asks for, 136 to 199 its places.
/// </remarks>
public sealed unsafe class ScenePage : IDisposable
{
    /// <summary>Most object joints of a scene.</summary>
    public const int ObjectsMax = 64;

    private const long LayoutVersion = 1;
    private const long PageBytes = 4096;
    private const long Magic = 0x43534749_524C4948;
    private const int CountWord = 2;
    private const int EndedWord = 3;
    private const int SequenceWord = 8;
    private const int StampWord = 9;
    private const int PlacedWord = 10;
    private const int PlacesWord = 16;
    private const int RequestWord = 128;
    private const int WantedWord = 136;

    // A whole write takes less than a microsecond; a writer that died within one never ends it.
    private const int LooksMax = 1000;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long* _words;
    private readonly bool _isMaker;

    private ScenePage(string path, FileMode mode)
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
                "The scene of the emulated rig cannot be opened",
                path,
                "the file that 'hilrig emulate' makes beside its port",
                error.Message,
                "start the emulator first, as the same user, of a rig with 'virtual.scene'",
                error);
        }

        _view = _file.CreateViewAccessor(0, PageBytes);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _words = (long*)(start + _view.PointerOffset);
    }

    /// <summary>The file behind it.</summary>
    public string Path { get; }

    /// <summary>Number of object joints.</summary>
    public int ObjectCount => (int)Get(CountWord);

    /// <summary>Whether the emulator publishes no more; the emulator writes it.</summary>
    public bool HasEnded
    {
        get => Get(EndedWord) != 0;
        set => Set(EndedWord, value ? 1 : 0);
    }

    /// <summary>Number of the placement that the host asks for; 0 before the first.</summary>
    public long RequestNumber => Get(RequestWord);

    /// <summary>Where the page beside an emulated port is: in the user's runtime folder.</summary>
    /// <param name="port">The port, as the emulator names it.</param>
    public static string PathOf(string port)
    {
        ArgumentNullException.ThrowIfNull(port);
        string name = string.Concat(port.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        return System.IO.Path.Combine(RigKey.DefaultFolder(), name.Trim('-') + ".scene");
    }

    /// <summary>Makes a page on which nothing has been seen yet.</summary>
    /// <param name="path">File to make, or to make anew.</param>
    /// <param name="objectCount">Object joints, 1 to <see cref="ObjectsMax"/>.</param>
    /// <exception cref="DeviceException">The file cannot be made.</exception>
    public static ScenePage Create(string path, int objectCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(objectCount, ObjectsMax);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var page = new ScenePage(path, FileMode.Create);
        page.Set(CountWord, objectCount);
        page.Set(1, LayoutVersion);
        page.Set(0, Magic);
        return page;
    }

    /// <summary>Opens the page that an emulator made.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DeviceException">It is not there, or is something else.</exception>
    public static ScenePage Open(string path)
    {
        var page = new ScenePage(path, FileMode.Open);
        if (page.Get(0) == Magic && page.Get(1) == LayoutVersion)
        {
            return page;
        }

        page.Dispose();
        throw new DeviceException(
            "This is no scene of an emulated rig that this program understands",
            path,
            $"version {LayoutVersion}",
            remedy: "start emulator and host from the same build");
    }

    /// <summary>Publishes where the objects are. The emulator's thread.</summary>
    /// <param name="position">Places, rad or m. Shape [object].</param>
    /// <param name="sampledNanoseconds">When they are there, CLOCK_MONOTONIC ns.</param>
    /// <param name="placementNumber">The newest placement among them.</param>
    public void Publish(
        ReadOnlySpan<double> position, long sampledNanoseconds, long placementNumber)
    {
        long sequence = Get(SequenceWord);
        Set(SequenceWord, sequence + 1);
        Set(StampWord, sampledNanoseconds);
        Set(PlacedWord, placementNumber);
        Put(PlacesWord, position);
        Set(SequenceWord, sequence + 2);
    }

    /// <summary>Looks where the objects are. Any thread.</summary>
    /// <param name="position">Receives them when the result is Ok. Shape [object].</param>
    /// <param name="sampledNanoseconds">When they were there.</param>
    /// <param name="placementNumber">The newest placement among them.</param>
    /// <returns>
    /// NoneYet also when the emulator died while it wrote; then nothing newer will come.
    /// </returns>
    public SceneStatus TryRead(
        Span<double> position, out long sampledNanoseconds, out long placementNumber)
    {
        for (int look = 0; look < LooksMax; look++)
        {
            long sequence = Get(SequenceWord);
            if (sequence == 0)
            {
                break;
            }

            sampledNanoseconds = Get(StampWord);
            placementNumber = Get(PlacedWord);
            Fill(PlacesWord, position);
            if (sequence % 2 == 0 && sequence == Get(SequenceWord))
            {
                return SceneStatus.Ok;
            }
        }

        sampledNanoseconds = 0;
        placementNumber = 0;
        return SceneStatus.NoneYet;
    }

    /// <summary>
    /// Asks for a placement. One host; only when the one before it has been published.
    /// </summary>
    /// <param name="position">Places, rad or m. Shape [object].</param>
    /// <returns>Its number, which a later publication carries.</returns>
    public long Ask(ReadOnlySpan<double> position)
    {
        Put(WantedWord, position);
        long number = Get(RequestWord) + 1;
        Set(RequestWord, number);
        return number;
    }

    /// <summary>Reads the places that <see cref="RequestNumber"/> asks for.</summary>
    /// <param name="position">Receives them. Shape [object].</param>
    public void ReadRequest(Span<double> position) => Fill(WantedWord, position);

    /// <summary>Unmaps it; whoever made it deletes its file too.</summary>
    public void Dispose()
    {
        if (!_view.SafeMemoryMappedViewHandle.IsClosed)
        {
            if (_isMaker)
            {
                HasEnded = true;
            }

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

    private void Put(int word, ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            Set(word + i, BitConverter.DoubleToInt64Bits(values[i]));
        }
    }

    private void Fill(int word, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BitConverter.Int64BitsToDouble(Get(word + i));
        }
    }

    private long Get(int word) => Volatile.Read(ref _words[word]);

    private void Set(int word, long value) => Volatile.Write(ref _words[word], value);
}
