using System.Text.Json;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using HilRig.Devices.PacketClocked.RealTime;

namespace HilRig.Devices.PacketClocked;

/// <summary>
/// Writes a controller's events as JSON lines, in the form of the servo emulator's:
/// <c>{"monotonic_ns":…,"arm_ns":…,"kind":"Stopped","value":2,"cause":"AnswersLost"}</c>.
/// </summary>
internal sealed class ControllerEventLog : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);
    private readonly FileStream _file;
    private readonly SpscRing<ControllerEvent> _events;
    private readonly Func<long> _lostCount;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _stop = new();
    private long _lostSeen;
    private bool _hasFailed;

    public ControllerEventLog(
        string path, SpscRing<ControllerEvent> events, Func<long> lostCount)
    {
        _events = events;
        _lostCount = lostCount;
        try
        {
            _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(
                "The event log of the controller cannot be written", path,
                "a folder that can be written", error.Message, "name another file", error);
        }

        _thread = new Thread(Loop) { IsBackground = true, Name = "controller events" };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
        _file.Dispose();
    }

    private void Loop()
    {
        bool ended = false;
        while (!ended)
        {
            ended = _stop.Wait(Period);
            try
            {
                Drain();
            }
            catch (IOException)
            {
                // The log is a help to people; the controller goes on without it.
                _hasFailed = true;
            }
        }
    }

    private void Drain()
    {
        bool any = false;
        while (_events.TryBeginRead(out ControllerEvent? happened))
        {
            if (!_hasFailed)
            {
                Write(happened);
                any = true;
            }

            _events.CommitRead();
        }

        if (_lostCount() is var lost && lost > _lostSeen && !_hasFailed)
        {
            _file.Write(System.Text.Encoding.ASCII.GetBytes(
                FormattableString.Invariant($"{{\"kind\":\"EventsLost\",\"value\":{lost}}}\n")));
            _lostSeen = lost;
            any = true;
        }

        if (any)
        {
            _file.Flush();
        }
    }

    private void Write(ControllerEvent happened)
    {
        using (var json = new Utf8JsonWriter(_file))
        {
            json.WriteStartObject();
            json.WriteNumber("monotonic_ns", happened.InstantNanoseconds);
            json.WriteNumber("arm_ns", happened.DeviceNanoseconds);
            json.WriteString("kind", happened.Kind.ToString());
            json.WriteNumber("value", happened.Value);
            if (happened.Kind == ControllerEventKind.Stopped)
            {
                json.WriteString("cause", ((ControllerStopCause)(int)happened.Value).ToString());
            }

            json.WriteEndObject();
        }

        _file.WriteByte((byte)'\n');
    }
}
