using HilRig.Sim.Dynamics.Kernels.Collision;

namespace HilRig.Sim.Contacts;

/// <summary>What the lane by lane algorithms of a model's pairs need of the workspace.</summary>
/// <param name="Candidates">Contacts that one call can find.</param>
/// <param name="Numbers">Numbers.</param>
/// <param name="Integers">Integers of the tile.</param>
internal readonly record struct ScratchNeed(int Candidates, int Numbers, int Integers)
{
    /// <summary>The need of some pairs.</summary>
    public static ScratchNeed Of(IReadOnlyList<CollisionPair> pairs)
    {
        var need = new ScratchNeed(0, 0, 0);
        foreach (ShapePair shapes in pairs.Select(pair => pair.Shapes).Distinct())
        {
            ScratchNeed one = Of(shapes);
            need = new(
                Math.Max(need.Candidates, one.Candidates),
                Math.Max(need.Numbers, one.Numbers),
                Math.Max(need.Integers, one.Integers));
        }

        return need;
    }

    private static ScratchNeed Of(ShapePair shapes) => shapes switch
    {
        ShapePair.CapsuleBox => new(2, 0, 0),
        ShapePair.BoxBox => new(12, BoxScratch.Count, 0),
        ShapePair.Convex => new(5, ConvexScratch.NumberCount, ConvexScratch.IndexCount),
        ShapePair.HeightField => new(
            ShapePairs.HeightFieldMax, ConvexScratch.NumberCount, ConvexScratch.IndexCount),
        ShapePair.PlaneMesh => new(4, 0, 0),
        _ => new(0, 0, 0),
    };
}
