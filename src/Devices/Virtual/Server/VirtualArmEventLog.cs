using System.Text.Json;
using HilRig.Core.Errors;

namespace HilRig.Devices.Virtual.Server;

/// <summary>
/// Writes an arm's events as JSON lines, ten times a second:
/// <c>{"monotonic_ns":…,"arm_ns":…,"servo":3,"kind":"TorqueOff","value":0}</c>.
/// </summary>
internal sealed class VirtualArmEventLog : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;
    private readonly VirtualArmEventRing _ring;
    private readonly long _origin;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _stop = new();
    private long _next;
    private bool _hasFailed;

    internal VirtualArmEventLog(string path, VirtualArmEventRing ring, long originNanoseconds)
    {
        _ring = ring;
        _origin = originNanoseconds;
        try
        {
            _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(
                "the event log of the virtual arm cannot be written", path,
                "a folder that can be written", error.Message, "name another file", error);
        }

        _thread = new Thread(Loop) { IsBackground = true, Name = "virtual arm events" };
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
        var ended = false;
        while (!ended)
        {
            ended = _stop.Wait(Period);
            try
            {
                Write();
            }
            catch (IOException)
            {
                // The log is a help to people; the rig goes on without it.
                _hasFailed = true;
            }
        }
    }

    private void Write()
    {
        var events = _ring.ReadFrom(_next, out _next);
        if (events.Length == 0 || _hasFailed)
        {
            return;
        }

        foreach (var happened in events)
        {
            using (var json = new Utf8JsonWriter(_file))
            {
                json.WriteStartObject();
                json.WriteNumber("monotonic_ns", _origin + happened.ArmNanoseconds);
                json.WriteNumber("arm_ns", happened.ArmNanoseconds);
                json.WriteNumber("servo", happened.ServoId);
                json.WriteString("kind", happened.Kind.ToString());
                json.WriteNumber("value", happened.Value);
                json.WriteEndObject();
            }

            _file.WriteByte((byte)'\n');
        }

        _file.Flush();
    }
}
