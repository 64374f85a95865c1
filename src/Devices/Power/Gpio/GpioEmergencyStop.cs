namespace HilRig.Devices.Power.Gpio;

/// <summary>
/// An emergency stop's spare contact on a GPIO input. The contact is closed while nobody presses,
/// and a closed contact reads active: so a press, a cut wire and a lost chip all mean stop.
/// </summary>
/// <param name="line">An input line, active while the button is released.</param>
public sealed class GpioEmergencyStop(IGpioLine line) : IEmergencyStop
{
    /// <inheritdoc/>
    public string Name => "emergency stop on " + line.Name;

    /// <inheritdoc/>
    public EmergencyStopStatus Read() => !line.TryRead(out bool isReleased)
        ? EmergencyStopStatus.Lost
        : isReleased ? EmergencyStopStatus.Released : EmergencyStopStatus.Pressed;

    /// <inheritdoc/>
    public void Dispose() => line.Dispose();
}
