namespace HilRig.Core.Rigs;

/// <summary>Kinds of emergency-stop inputs.</summary>
public enum EmergencyStopKind
{
    /// <summary>A line of a GPIO chip (Linux), on a contact that is closed until pressed.</summary>
    Gpio,

    /// <summary>The button of an emulated rig.</summary>
    Virtual,
}
