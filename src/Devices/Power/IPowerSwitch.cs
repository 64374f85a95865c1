namespace HilRig.Devices.Power;

/// <summary>
/// Something that takes the servos' power away whatever their bus does: a relay, a supply's output.
/// For one thread.
/// </summary>
public interface IPowerSwitch : IDisposable
{
    /// <summary>What it is and where, for messages.</summary>
    string Name { get; }

    /// <summary>Gives or takes the power.</summary>
    /// <param name="isOn">Whether the servos have power afterwards.</param>
    /// <returns>
    /// Whether the switch has confirmed it or cannot but obey; see
    /// <see cref="PowerSwitchStatus"/>. Never throws: a stop goes on with what is left.
    /// </returns>
    PowerSwitchStatus Set(bool isOn);
}
