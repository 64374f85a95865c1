namespace HilRig.Sim.Batch;

/// <summary>Numbers of an env that can be read, and written if they are state or inputs.</summary>
public enum BatchField
{
    /// <summary>Position (qpos), m, rad or quaternion. Shape [env, position].</summary>
    Position,

    /// <summary>Velocity (qvel), m/s or rad/s. Shape [env, dof].</summary>
    Velocity,

    /// <summary>Activation (act). Shape [env, activation].</summary>
    Activation,

    /// <summary>Acceleration at which the next solve may start. Shape [env, dof].</summary>
    Warmstart,

    /// <summary>Control (ctrl). Shape [env, actuator].</summary>
    Control,

    /// <summary>Force from outside (qfrc_applied), N or N·m. Shape [env, dof].</summary>
    AppliedForce,

    /// <summary>
    /// Acceleration (qacc) of the state before the last step, m/s² or rad/s². Shape [env, dof].
    /// Read only.
    /// </summary>
    Acceleration,
}
