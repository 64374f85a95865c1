namespace HilRig.Core.Rigs;

/// <summary>
/// Objects beside a virtual arm, which it can touch and a host can see and place.
/// </summary>
/// <param name="Objects">Slides and hinges of the arm's hidden model. Shape [object].</param>
/// <param name="Initial">Their places at power-on, rad or m. Shape [object].</param>
public sealed record VirtualSceneDescription(
    IReadOnlyList<string> Objects, IReadOnlyList<double> Initial);
