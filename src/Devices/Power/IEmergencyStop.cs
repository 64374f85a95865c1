namespace HilRig.Devices.Power;

/// <summary>
/// The input of an emergency stop. It reads the button; it is not the button's circuit, which must
/// cut the power by itself.
/// </summary>
public interface IEmergencyStop : IDisposable
{
    /// <summary>What it is and where, for messages.</summary>
    string Name { get; }

    /// <summary>Looks at the button. Never throws.</summary>
    /// <returns>What to do; anything but Released means stop.</returns>
    EmergencyStopStatus Read();
}
