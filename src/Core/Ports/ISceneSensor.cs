namespace HilRig.Core.Ports;

/// <summary>
/// Sees where the objects of a scene are: a camera's tracker, an emulator. Latest-wins; never
/// throws, blocks or allocates after it was opened, so that a loop may look.
/// </summary>
public interface ISceneSensor
{
    /// <summary>
    /// Object joints (slides and hinges) in the order of every [object] span here.
    /// </summary>
    IReadOnlyList<string> Joints { get; }

    /// <summary>Looks.</summary>
    /// <param name="position">
    /// Receives the objects' places when the result is <see cref="SceneStatus.Ok"/>, rad or m; else
    /// it is left as it was. Shape [object].
    /// </param>
    /// <param name="sampledNanoseconds">When they were there, CLOCK_MONOTONIC ns; 0 if not Ok.
    /// </param>
    SceneStatus TryRead(Span<double> position, out long sampledNanoseconds);
}
