namespace HilRig.Sim.Contacts;

/// <summary>Two geoms that may touch.</summary>
/// <param name="First">Geom of the lower shape type, or of the lower index.</param>
/// <param name="Second">The other geom; a contact's normal points to it.</param>
/// <param name="Shapes">Algorithm that finds their contacts.</param>
/// <param name="Named">Index in Model.ContactPairs, or -1.</param>
/// <param name="Mixing">Where its parameters come from.</param>
/// <param name="Dimension">Contact dimension: 1, 3, 4 or 6.</param>
/// <param name="ContactMax">Contacts it makes at most.</param>
internal readonly record struct CollisionPair(
    int First,
    int Second,
    ShapePair Shapes,
    int Named,
    ParameterMixing Mixing,
    int Dimension,
    int ContactMax);
