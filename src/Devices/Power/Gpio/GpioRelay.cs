namespace HilRig.Devices.Power.Gpio;

/// <summary>A relay on a GPIO output. The line is read back after each order.</summary>
/// <param name="line">An output line, active for power.</param>
public sealed class GpioRelay(IGpioLine line) : IPowerSwitch
{
    /// <inheritdoc/>
    public string Name => "relay on " + line.Name;

    /// <inheritdoc/>
    public PowerSwitchStatus Set(bool isOn) =>
        line.TryWrite(isOn) && line.TryRead(out bool isActive) && isActive == isOn
            ? PowerSwitchStatus.Confirmed
            : PowerSwitchStatus.Failed;

    /// <inheritdoc/>
    public void Dispose() => line.Dispose();
}
