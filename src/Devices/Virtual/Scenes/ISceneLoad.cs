namespace HilRig.Devices.Virtual.Scenes;

/// <summary>A load that also holds objects: things that no servo turns and the arm can touch.
/// </summary>
public interface ISceneLoad : IServoLoad
{
    /// <summary>Number of object joints, at least 1.</summary>
    int ObjectCount { get; }

    /// <summary>Places of the objects' joints, rad or m. Shape [object].</summary>
    ReadOnlySpan<double> ObjectPosition { get; }

    /// <summary>Velocities of the objects' joints, rad/s or m/s. Shape [object].</summary>
    ReadOnlySpan<double> ObjectVelocity { get; }

    /// <summary>Puts the objects at rest at these places. The arm stays where it is.</summary>
    /// <param name="position">Places, rad or m. Shape [object].</param>
    void Place(ReadOnlySpan<double> position);
}
