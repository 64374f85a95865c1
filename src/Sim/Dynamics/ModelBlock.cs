using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>A block of constraint rows that a model always has.</summary>
/// <param name="Source">What it comes from.</param>
/// <param name="Index">Index of the equality, tendon or joint.</param>
/// <param name="Dimension">Rows.</param>
/// <param name="List">Dofs it depends on.</param>
/// <param name="Softness">Softness of its rows.</param>
internal sealed record ModelBlock(
    BlockSource Source, int Index, int Dimension, DofList List, SoftConstraint Softness)
{
    /// <summary>How its rows cost.</summary>
    public CostShape Shape => Source switch
    {
        BlockSource.Connect or BlockSource.Weld => CostShape.Quadratic,
        BlockSource.JointCoupling or BlockSource.TendonCoupling => CostShape.Quadratic,
        BlockSource.TendonFriction => CostShape.Huber,
        BlockSource.TendonLower or BlockSource.TendonUpper => CostShape.OneSided,
        BlockSource.BallLimit => CostShape.OneSided,
    };

    /// <summary>
    /// The blocks of a model in MuJoCo's order of rows: equalities, friction, limits.
    /// </summary>
    public static IReadOnlyList<ModelBlock> Of(Model model)
    {
        ModelOptions options = model.Options;
        if (!options.ConstraintEnabled)
        {
            return [];
        }

        List<ModelBlock> blocks = [];
        if (options.EqualityEnabled)
        {
            blocks.AddRange(Enumerable.Range(0, model.Equalities.Count).Select(
                index => OfEquality(model, index)));
        }

        if (options.FrictionLossEnabled)
        {
            blocks.AddRange(Tendons(model, tendon => tendon.FrictionLoss > 0).Select(
                index => OfTendon(model, index, BlockSource.TendonFriction)));
        }

        if (options.LimitEnabled)
        {
            blocks.AddRange(Enumerable.Range(0, model.Joints.Count)
                .Where(i => model.Joints[i] is { Limited: true, Type: JointType.Ball })
                .Select(i => OfBall(model.Joints[i], i)));
            foreach (int index in Tendons(model, tendon => tendon.Limited))
            {
                blocks.Add(OfTendon(model, index, BlockSource.TendonLower));
                blocks.Add(OfTendon(model, index, BlockSource.TendonUpper));
            }
        }

        return [.. blocks.Where(block => block.List.Dofs.Length > 0)];
    }

    private static IEnumerable<int> Tendons(Model model, Func<ModelTendon, bool> wanted) =>
        Enumerable.Range(0, model.Tendons.Count).Where(i => wanted(model.Tendons[i]));

    private static ModelBlock OfBall(ModelJoint joint, int index) =>
        new(BlockSource.BallLimit, index, 1, DofList.OfBall(joint), joint.LimitSoftness);

    private static ModelBlock OfTendon(Model model, int index, BlockSource source)
    {
        ModelTendon tendon = model.Tendons[index];
        SoftConstraint softness = source == BlockSource.TendonFriction
            ? tendon.FrictionSoftness
            : tendon.LimitSoftness;
        return new(source, index, 1, DofList.OfJoints(model, tendon.Joints), softness);
    }

    private static ModelBlock OfEquality(Model model, int index)
    {
        ModelEquality equality = model.Equalities[index];
        return equality.Kind switch
        {
            EqualityKind.Connect => new(
                BlockSource.Connect,
                index,
                3,
                DofList.OfBodies(model, equality.First, equality.Second),
                equality.Softness),
            EqualityKind.Weld => new(
                BlockSource.Weld,
                index,
                6,
                DofList.OfBodies(model, equality.First, equality.Second),
                equality.Softness),
            EqualityKind.Joint or EqualityKind.Tendon => new(
                equality.Kind == EqualityKind.Joint
                    ? BlockSource.JointCoupling
                    : BlockSource.TendonCoupling,
                index,
                1,
                DofList.OfJoints(model, Joints(model, equality)),
                equality.Softness),
        };
    }

    private static IEnumerable<int> Joints(Model model, ModelEquality equality)
    {
        int[] items = equality.Second < 0 ? [equality.First] : [equality.First, equality.Second];
        return equality.Kind == EqualityKind.Joint
            ? items
            : items.SelectMany(item => model.Tendons[item].Joints);
    }
}
