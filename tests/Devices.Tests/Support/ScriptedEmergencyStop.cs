using HilRig.Devices.Power;

namespace HilRig.Devices.Tests.Support;

/// <summary>An emergency stop that a test presses.</summary>
internal sealed class ScriptedEmergencyStop : IEmergencyStop
{
    private volatile EmergencyStopStatus _status = EmergencyStopStatus.Released;

    public EmergencyStopStatus Status
    {
        get => _status;
        set => _status = value;
    }

    public string Name => "a button";

    public EmergencyStopStatus Read() => _status;

    public void Dispose()
    {
    }
}
