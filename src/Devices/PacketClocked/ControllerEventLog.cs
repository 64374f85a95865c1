using System.Text.Json;
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
    private readonly SpscRing<ControllerEvent> _events;
    private readonly Func<long> _lostCount;
    private readonly EventLogFile _file;
    private long _lostSeen;

    public ControllerEventLog(
        string path, SpscRing<ControllerEvent> events, Func<long> lostCount)
    {
        _events = events;
        _lostCount = lostCount;
        _file = new EventLogFile(path, "the controller", Period, Drain);
    }

    public void Dispose() => _file.Dispose();

    private void Drain(Stream file)
    {
        while (_events.TryBeginRead(out ControllerEvent? happened))
        {
            Write(file, happened);
            _events.CommitRead();
        }

        if (_lostCount() is var lost && lost > _lostSeen)
        {
            _lostSeen = lost;
            file.Write(System.Text.Encoding.ASCII.GetBytes(
                FormattableString.Invariant($"{{\"kind\":\"EventsLost\",\"value\":{lost}}}\n")));
        }
    }

    private static void Write(Stream file, ControllerEvent happened)
    {
        using (var json = new Utf8JsonWriter(file))
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

        file.WriteByte((byte)'\n');
    }
}
