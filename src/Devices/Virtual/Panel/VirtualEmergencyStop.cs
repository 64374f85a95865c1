using HilRig.Devices.Guardian;
using HilRig.Devices.Power;

namespace HilRig.Devices.Virtual.Panel;

/// <summary>
/// The emergency stop of an emulated rig; lost when its wire is cut or its emulator has ended.
/// </summary>
public sealed class VirtualEmergencyStop : IEmergencyStop
{
    private readonly VirtualPanel _panel;
    private readonly ProcessWatch _emulator;

    /// <summary>Takes an open panel over.</summary>
    /// <param name="panel">The panel.</param>
    public VirtualEmergencyStop(VirtualPanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        _panel = panel;
        _emulator = new ProcessWatch(panel.EmulatorProcessId, panel.EmulatorStartTicks);
    }

    /// <inheritdoc/>
    public string Name => "emergency stop of " + _panel.Path;

    /// <inheritdoc/>
    public EmergencyStopStatus Read() =>
        _emulator.HasExited ? EmergencyStopStatus.Lost : _panel.Contact;

    /// <inheritdoc/>
    public void Dispose()
    {
        _emulator.Dispose();
        _panel.Dispose();
    }
}
