namespace HilRig.Bridge.Isaac.Messages;

/// <summary>The tight box around what is seen of one labelled thing, pixels.</summary>
/// <param name="SemanticId">Number of its label.</param>
/// <param name="Label">Its label, such as "class:gripper"; empty when Isaac sent none.</param>
/// <param name="MinX">First column.</param>
/// <param name="MinY">First row.</param>
/// <param name="MaxX">Last column.</param>
/// <param name="MaxY">Last row.</param>
/// <param name="OcclusionRatio">Share of it that other things hide, 0 to 1.</param>
public readonly record struct IsaacBox(
    uint SemanticId,
    string Label,
    int MinX,
    int MinY,
    int MaxX,
    int MaxY,
    float OcclusionRatio);
