namespace HilRig.Devices.Virtual;

/// <summary>What can happen on a virtual arm that a test may want to time.</summary>
public enum VirtualArmEventKind
{
    /// <summary>
    /// The motor was switched on (Torque_Enable, seen at a firmware tick). Value is 1.
    /// </summary>
    TorqueOn,

    /// <summary>The motor was switched off: Torque_Enable 0, or a guard. Value is 0.</summary>
    TorqueOff,

    /// <summary>Torque_Limit changed; Value is the new limit as a fraction, 0 to 1.</summary>
    TorqueLimit,

    /// <summary>
    /// Goal_Position stopped changing: the stamp is that of the last change, the event comes
    /// 50 ms after it. Value is the goal in ticks.
    /// </summary>
    GoalStopped,

    /// <summary>
    /// The joint came to rest: the stamp is when it last moved faster than 0.05 rad/s of the shaft,
    /// the event comes 50 ms after it. Value is the shaft angle, rad.
    /// </summary>
    ShaftStopped,

    /// <summary>
    /// The servo left rest: its goal changed, or its shaft turned faster than 0.05 rad/s. The
    /// shaft's speed is the true one, not the encoder's. Value is the shaft angle, rad.
    /// </summary>
    LeftRest,

    /// <summary>
    /// The servo came to rest: the stamp is when its goal last changed or its shaft was last faster
    /// than 0.05 rad/s, the event comes 50 ms after it. Value is the shaft angle, rad.
    /// </summary>
    CameToRest,

    /// <summary>A write touched Torque_Enable; Value is what it holds now.</summary>
    TorqueWritten,

    /// <summary>
    /// A write touched Torque_Limit, changed or not; Value is the limit as a fraction, 0 to 1.
    /// Agents write it to arm and to stop only.
    /// </summary>
    TorqueLimitWritten,

    /// <summary>The error byte changed; Value is the byte.</summary>
    Errors,

    /// <summary>The servo rebooted or was reset.</summary>
    Rebooted,

    /// <summary>The encoder was re-zeroed.</summary>
    Rezeroed,

    /// <summary>The servo was unplugged from the bus; its torque stays as it is.</summary>
    Disconnected,

    /// <summary>The servo was plugged in again.</summary>
    Reconnected,

    /// <summary>A numbered fault began; Value is its number, the servo 254 for the bus.</summary>
    FaultBegan,

    /// <summary>A numbered fault ended; Value is its number.</summary>
    FaultEnded,

    /// <summary>The servo lost its supply: limp, silent, RAM forgotten.</summary>
    PowerLost,

    /// <summary>The servo has its supply again, as after power-on.</summary>
    PowerReturned,
}
