namespace HilRig.Harness.Faults;

/// <summary>Where something goes wrong.</summary>
public enum FaultLayer
{
    /// <summary>Between agent and servos; the emulator does it.</summary>
    Bus,

    /// <summary>Commands on their way from the loop to the agent.</summary>
    Bridge,

    /// <summary>Measured states on their way to controller and measures.</summary>
    Sensor,

    /// <summary>The simulated twin.</summary>
    Sim,

    /// <summary>What commands the joints: stimulus, replay or policy.</summary>
    Operator,

    /// <summary>The processes of a rig.</summary>
    Process,
}
