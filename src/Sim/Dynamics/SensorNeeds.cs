namespace HilRig.Sim.Dynamics;

/// <summary>What the sensors of a model need computed.</summary>
[Flags]
internal enum SensorNeeds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Numbers of joints, tendons and actuators.</summary>
    Scalars = 1,

    /// <summary>Places and axes of frames.</summary>
    Frames = 2,

    /// <summary>Quaternions of frames.</summary>
    Quaternions = 4,

    /// <summary>Velocities of frames.</summary>
    Velocities = 8,

    /// <summary>Accelerations of bodies.</summary>
    Accelerations = 16,

    /// <summary>Forces between bodies.</summary>
    Forces = 32,

    /// <summary>Contacts within a volume.</summary>
    Touch = 64,

    /// <summary>Centres and momenta of subtrees.</summary>
    Subtrees = 128,
}
