namespace HilRig.Sim.Models;

/// <summary>What a sensor measures, as MJCF has it (XML reference, "sensor").</summary>
public enum SensorKind
{
    /// <summary>Position of a slide or hinge [1].</summary>
    JointPosition,

    /// <summary>Velocity of a slide or hinge [1].</summary>
    JointVelocity,

    /// <summary>Length of a tendon [1].</summary>
    TendonPosition,

    /// <summary>Velocity of a tendon [1].</summary>
    TendonVelocity,

    /// <summary>Length of an actuator [1].</summary>
    ActuatorPosition,

    /// <summary>Velocity of an actuator [1].</summary>
    ActuatorVelocity,

    /// <summary>Force of an actuator [1].</summary>
    ActuatorForce,

    /// <summary>Force of all actuators on a slide or hinge [1].</summary>
    JointActuatorForce,

    /// <summary>Quaternion of a ball joint [4].</summary>
    BallQuaternion,

    /// <summary>Angular velocity of a ball joint [3].</summary>
    BallAngularVelocity,

    /// <summary>Distance of a joint to its nearer limit, less the margin [1].</summary>
    JointLimitPosition,

    /// <summary>Velocity of a joint towards its active limit [1].</summary>
    JointLimitVelocity,

    /// <summary>Force of a joint's active limit [1].</summary>
    JointLimitForce,

    /// <summary>Position of a frame [3].</summary>
    FramePosition,

    /// <summary>Quaternion of a frame [4].</summary>
    FrameQuaternion,

    /// <summary>X axis of a frame [3].</summary>
    FrameXAxis,

    /// <summary>Y axis of a frame [3].</summary>
    FrameYAxis,

    /// <summary>Z axis of a frame [3].</summary>
    FrameZAxis,

    /// <summary>Linear velocity of a frame [3].</summary>
    FrameLinearVelocity,

    /// <summary>Angular velocity of a frame [3].</summary>
    FrameAngularVelocity,

    /// <summary>Linear acceleration of a frame, gravity included [3].</summary>
    FrameLinearAcceleration,

    /// <summary>Angular acceleration of a frame [3].</summary>
    FrameAngularAcceleration,

    /// <summary>Linear velocity of a site in its own axes [3].</summary>
    Velocimeter,

    /// <summary>Angular velocity of a site in its own axes [3].</summary>
    Gyro,

    /// <summary>Linear acceleration of a site in its own axes, gravity included [3].</summary>
    Accelerometer,

    /// <summary>Force between a site's body and its parent, in the site's axes [3].</summary>
    Force,

    /// <summary>Torque between a site's body and its parent, in the site's axes [3].</summary>
    Torque,

    /// <summary>Sum of the normal forces of contacts within a site's volume [1].</summary>
    Touch,

    /// <summary>Centre of mass of a body and all below it [3].</summary>
    SubtreeCenter,

    /// <summary>Velocity of that centre [3].</summary>
    SubtreeLinearVelocity,

    /// <summary>Angular momentum about that centre [3].</summary>
    SubtreeAngularMomentum,

    /// <summary>Time [1].</summary>
    Clock,
}
