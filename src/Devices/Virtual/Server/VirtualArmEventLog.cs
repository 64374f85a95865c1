using System.Text.Json;

namespace HilRig.Devices.Virtual.Server;

/// <summary>
/// Writes an arm's events as JSON lines, ten times a second:
/// <c>{"monotonic_ns":…,"arm_ns":…,"servo":3,"kind":"TorqueOff","value":0}</c>.
/// </summary>
internal sealed class VirtualArmEventLog : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
    private readonly VirtualArmEventRing _ring;
    private readonly long _origin;
    private readonly EventLogFile _file;
    private long _next;

    internal VirtualArmEventLog(string path, VirtualArmEventRing ring, long originNanoseconds)
    {
        _ring = ring;
        _origin = originNanoseconds;
        _file = new EventLogFile(path, "the virtual arm", Period, Drain);
    }

    public void Dispose() => _file.Dispose();

    private void Drain(Stream file)
    {
        foreach (var happened in _ring.ReadFrom(_next, out _next))
        {
            using (var json = new Utf8JsonWriter(file))
            {
                json.WriteStartObject();
                json.WriteNumber("monotonic_ns", _origin + happened.ArmNanoseconds);
                json.WriteNumber("arm_ns", happened.ArmNanoseconds);
                json.WriteNumber("servo", happened.ServoId);
                json.WriteString("kind", happened.Kind.ToString());
                json.WriteNumber("value", happened.Value);
                json.WriteEndObject();
            }

            file.WriteByte((byte)'\n');
        }
    }
}
