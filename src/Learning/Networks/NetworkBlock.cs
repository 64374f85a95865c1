namespace HilRig.Learning.Networks;

/// <summary>One array of weights within the flat tensor of a network.</summary>
/// <param name="Name">Such as "critic/0/weight".</param>
/// <param name="Offset">First number within the flat tensor.</param>
/// <param name="Shape">
/// Of a linear layer's weight [member, in, out], of its bias [member, out]; members alone in the
/// actor.
/// </param>
/// <param name="Kind">What it is, which says how it starts.</param>
/// <param name="FanIn">Inputs of its layer.</param>
internal sealed record NetworkBlock(
    string Name, int Offset, long[] Shape, BlockKind Kind, int FanIn)
{
    /// <summary>Numbers in it.</summary>
    public int Count { get; } = (int)Shape.Aggregate(1L, (product, size) => product * size);
}
