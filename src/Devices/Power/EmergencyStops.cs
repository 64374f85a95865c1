using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Devices.Power.Gpio;
using HilRig.Devices.Virtual.Panel;

namespace HilRig.Devices.Power;

/// <summary>Opens the emergency stop that a rig file names.</summary>
public static class EmergencyStops
{
    /// <summary>Opens its input.</summary>
    /// <param name="described">The rig file's 'emergencyStop'.</param>
    /// <exception cref="DeviceException">It is absent, busy or not permitted.</exception>
    public static IEmergencyStop Open(EmergencyStopDescription described)
    {
        ArgumentNullException.ThrowIfNull(described);
        return described.Kind switch
        {
            EmergencyStopKind.Gpio => new GpioEmergencyStop(GpioChipLine.Request(
                described.Chip, described.Line, isOutput: false, described.IsActiveLow)),
            EmergencyStopKind.Virtual => new VirtualEmergencyStop(
                VirtualPanel.Open(described.Chip)),
        };
    }
}
