namespace HilRig.Devices.Virtual.Servos;

/// <summary>What the motor bridge does until the next firmware tick.</summary>
internal enum DriveMode
{
    /// <summary>All switches open: no current.</summary>
    Off,

    /// <summary>The motor follows the duty cycle.</summary>
    Duty,

    /// <summary>The motor is shorted and brakes (Torque_Enable = 2).</summary>
    Brake,
}
