namespace HilRig.Core.Ports;

/// <summary>
/// Puts the objects of a scene where an episode starts: what a person does at a reset. Stands where
/// the scene is emulated; a real rig has a person. May block; never on a loop's thread.
/// </summary>
public interface ISceneHands
{
    /// <summary>
    /// Object joints (slides and hinges) in the order of every [object] span here.
    /// </summary>
    IReadOnlyList<string> Joints { get; }

    /// <summary>
    /// Puts the objects at rest at these places and waits until they are there. The robot does not
    /// move: an object that is put into it is pushed out by contact, as in life.
    /// </summary>
    /// <param name="position">Places, rad or m. Shape [object].</param>
    /// <exception cref="Errors.DeviceException">
    /// The scene is gone or did not answer in time.
    /// </exception>
    void Place(ReadOnlySpan<double> position);
}
