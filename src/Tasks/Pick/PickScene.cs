namespace HilRig.Tasks.Pick;

/// <summary>
/// Where hand, puck and ring are to each other. Lengths are those of pick-place-ring.xml, m.
/// </summary>
/// <param name="PuckX">Puck from the grasp point: middle of a puck that touches the fixed finger.
/// </param>
/// <param name="PuckY">As x, toward the sliding finger.</param>
/// <param name="PuckZ">As x, up.</param>
/// <param name="RingX">Ring from the puck.</param>
/// <param name="RingY">Ring from the puck.</param>
/// <param name="PuckHeight">Of the puck's middle over the table.</param>
/// <param name="Opening">Between the fingers' faces.</param>
internal readonly record struct PickScene(
    double PuckX,
    double PuckY,
    double PuckZ,
    double RingX,
    double RingY,
    double PuckHeight,
    double Opening)
{
    /// <summary>Radius of the puck.</summary>
    public const double PuckHalfWidth = 0.015;

    /// <summary>Height of its middle on the table.</summary>
    public const double PuckRestHeight = 0.01;

    /// <summary>Height of the grasp point at joint z = 0.</summary>
    public const double LowestGrasp = 0.022;

    /// <summary>Measures a scene.</summary>
    public static PickScene Of(in TaskState state) => new(
        state.Objects[0] - state.Position[0],
        state.Objects[1] - state.Position[1],
        state.Objects[2] - state.Position[2] - LowestGrasp,
        state.Objects[3] - state.Objects[0],
        state.Objects[4] - state.Objects[1],
        state.Objects[2],
        state.Position[3]);
}
