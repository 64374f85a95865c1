using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Devices.Power.Gpio;
using HilRig.Devices.Transports;
using HilRig.Devices.Virtual.Panel;

namespace HilRig.Devices.Power;

/// <summary>Opens the power switch that a rig file names.</summary>
public static class PowerSwitches
{
    /// <summary>Opens it; nothing is switched, but a GPIO output begins without power.</summary>
    /// <param name="described">The rig file's 'power'.</param>
    /// <exception cref="DeviceException">It is absent, busy or not permitted.</exception>
    public static IPowerSwitch Open(PowerDescription described)
    {
        ArgumentNullException.ThrowIfNull(described);
        return described.Kind switch
        {
            PowerSwitchKind.SerialRelay => new SerialRelay(
                TransportFactory.Open(described.Port, SerialRelay.Baud), described.Line),
            PowerSwitchKind.Gpio => new GpioRelay(GpioChipLine.Request(
                described.Port, described.Line, isOutput: true, described.IsActiveLow)),
            PowerSwitchKind.ScpiSupply => new ScpiSupply(TransportFactory.Open(
                described.Port, described.Baud == 0 ? ScpiSupply.Baud : described.Baud)),
            PowerSwitchKind.Virtual => new VirtualPowerSwitch(VirtualPanel.Open(described.Port)),
        };
    }
}
