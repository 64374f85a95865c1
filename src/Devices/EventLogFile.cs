using HilRig.Core.Errors;

namespace HilRig.Devices;

/// <summary>
/// A file of events that a thread of its own fills now and then: a help to people, so that what
/// writes it goes on when the disk does not take it any more.
/// </summary>
internal sealed class EventLogFile : IDisposable
{
    private readonly FileStream _file;
    private readonly TimeSpan _period;
    private readonly Action<Stream> _drain;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _stop = new();

    /// <summary>Makes the file and starts its thread.</summary>
    /// <param name="path">File; replaced when it is there.</param>
    /// <param name="what">Whose events, for the message: "the controller".</param>
    /// <param name="period">Time between two looks for events.</param>
    /// <param name="drain">
    /// Writes the events that came; gets <see cref="Stream.Null"/> once the disk has failed, so
    /// that they are still taken.
    /// </param>
    /// <exception cref="DeviceException">The file cannot be made.</exception>
    public EventLogFile(string path, string what, TimeSpan period, Action<Stream> drain)
    {
        _period = period;
        _drain = drain;
        try
        {
            _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(
                $"the event log of {what} cannot be written", path,
                "a folder that can be written", error.Message, "name another file", error);
        }

        _thread = new Thread(Loop) { IsBackground = true, Name = "event log" };
        _thread.Start();
    }

    /// <summary>Writes what came until now and closes the file.</summary>
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
        _file.Dispose();
    }

    private void Loop()
    {
        Stream target = _file;
        bool ended = false;
        while (!ended)
        {
            ended = _stop.Wait(_period);
            try
            {
                _drain(target);
                target.Flush();
            }
            catch (IOException)
            {
                target = Stream.Null;
            }
        }
    }
}
