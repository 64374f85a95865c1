namespace HilRig.Devices.Power;

/// <summary>What an emergency-stop input says.</summary>
public enum EmergencyStopStatus
{
    /// <summary>Nobody presses it.</summary>
    Released,

    /// <summary>It is pressed. Stop and latch.</summary>
    Pressed,

    /// <summary>It cannot be read, which counts as pressed: a cut wire must be seen.</summary>
    Lost,
}
