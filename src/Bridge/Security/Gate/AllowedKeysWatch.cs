using HilRig.Bridge.Security.Keys;

namespace HilRig.Bridge.Security.Gate;

/// <summary>
/// The allow-list as it is now. A list that becomes unreadable, wrong or unsafe allows nobody. One
/// thread reviews, any thread asks.
/// </summary>
internal sealed class AllowedKeysWatch
{
    private readonly string _path;
    private volatile AllowedKeys _current;

    /// <summary>Reads the list for the first time.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="KeyException">It cannot be used.</exception>
    public AllowedKeysWatch(string path)
    {
        _path = path;
        _current = AllowedKeys.Load(path);
    }

    /// <summary>Who may connect.</summary>
    public AllowedKeys Current => _current;

    /// <summary>Why nobody may, if the file is at fault.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads the file again, whatever its time stamp says.</summary>
    public void Review()
    {
        try
        {
            _current = AllowedKeys.Load(_path);
            Fault = null;
        }
        catch (KeyException error)
        {
            _current = AllowedKeys.Nobody;
            Fault = error.Message;
        }
    }
}
