using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>Writes what the blocks of constraint rows need to know of a model.</summary>
internal static class ConstraintPacker
{
    /// <summary>Writes the primary constants.</summary>
    public static void PackConstants(Model model, in Layout layout, Span<double> constants)
    {
        ConstraintLayout at = layout.Constraints;
        constants[at.Constants + BlockSlots.ImpedanceRatio] =
            Math.Max(1e-15, model.Options.ImpedanceRatio);
        IReadOnlyList<ModelBlock> blocks = ModelBlock.Of(model);
        int coefficients = at.Coefficients;
        for (int i = 0; i < blocks.Count; i++)
        {
            ModelBlock block = blocks[i];
            Span<double> own = constants.Slice(at.OfBlock(i, 0), BlockSlots.ConstantStride);
            PackSoftness(
                block.Softness,
                own[BlockSlots.SoftReference..],
                own[BlockSlots.SoftImpedance..]);
            own[BlockSlots.Enabled] = 1;
            PackOwn(model, block, own);
            int count = block.List.Dofs.Length;
            PackCoefficients(model, block, constants.Slice(coefficients, 2 * count));
            coefficients += 2 * count;
        }
    }

    /// <summary>Writes the integers.</summary>
    public static void PackTopology(Model model, in Layout layout, Span<int> topology)
    {
        ConstraintLayout at = layout.Constraints;
        topology[at.TopologyOptions] = (int)model.Options.Cone;
        topology[at.TopologyOptions + 1] = model.Options.WarmStart ? 1 : 0;
        IReadOnlyList<ModelBlock> blocks = ModelBlock.Of(model);
        int list = at.DofLists;
        int coefficients = at.Coefficients;
        for (int i = 0; i < blocks.Count; i++)
        {
            ModelBlock block = blocks[i];
            int count = block.List.Dofs.Length;
            Span<int> own = topology[at.IndexOfBlock(i, 0)..];
            own[BlockSlots.Source] = (int)block.Source;
            own[BlockSlots.Shape] = (int)block.Shape;
            own[BlockSlots.Dimension] = block.Dimension;
            own[BlockSlots.Dofs] = list;
            own[BlockSlots.DofCount] = count;
            own[BlockSlots.Coefficients] = coefficients;
            own[BlockSlots.HasSquareImpedance] = block.Softness.Power == 2 ? 1 : 0;
            (own[BlockSlots.FirstItem], own[BlockSlots.SecondItem]) = Items(model, block);
            list += PackList(block.List, topology[list..]);
            coefficients += 2 * count;
        }

        PackPairs(new(model), at, topology, list);
    }

    /// <summary>Writes solref and solimp.</summary>
    public static void PackSoftness(
        SoftConstraint soft, Span<double> reference, Span<double> impedance)
    {
        // One sign for both, else MuJoCo's default stands for them.
        bool isMixed = soft.Reference0 > 0 != soft.Reference1 > 0;
        SoftConstraint used = isMixed ? SoftConstraint.Default : soft;
        reference[0] = used.Reference0;
        reference[1] = used.Reference1;
        impedance[0] = soft.ImpedanceMin;
        impedance[1] = soft.ImpedanceMax;
        impedance[2] = soft.Width;
        impedance[3] = soft.Midpoint;
        impedance[4] = soft.Power;
    }

    private static void PackPairs(
        PairDofs pairs, in ConstraintLayout at, Span<int> topology, int list)
    {
        var first = new List<int>();
        foreach (DofList each in pairs.Lists)
        {
            first.Add(list);
            list += PackList(each, topology[list..]);
        }

        for (int pair = 0; pair < pairs.ListOfPair.Count; pair++)
        {
            int own = at.TopologyPairs + (BlockSlots.PairStride * pair);
            topology[own + BlockSlots.PairDofs] = first[pairs.ListOfPair[pair]];
            topology[own + BlockSlots.PairDofCount] =
                pairs.Lists[pairs.ListOfPair[pair]].Dofs.Length;
        }
    }

    private static int PackList(DofList list, Span<int> topology)
    {
        list.Dofs.CopyTo(topology);
        list.Sides.CopyTo(topology[list.Dofs.Length..]);
        return 2 * list.Dofs.Length;
    }

    private static void PackOwn(Model model, ModelBlock block, Span<double> own)
    {
        switch (block.Source)
        {
            case BlockSource.Connect or BlockSource.Weld:
                PackFrames(model.Equalities[block.Index], own);
                break;
            case BlockSource.JointCoupling or BlockSource.TendonCoupling:
                PackCoupling(model, model.Equalities[block.Index], own);
                break;
            case BlockSource.TendonFriction:
                own[BlockSlots.Loss] = model.Tendons[block.Index].FrictionLoss;
                break;
            case BlockSource.TendonLower or BlockSource.TendonUpper:
                ModelTendon tendon = model.Tendons[block.Index];
                bool isLower = block.Source == BlockSource.TendonLower;
                own[BlockSlots.Bound] = isLower ? tendon.RangeMin : tendon.RangeMax;
                own[BlockSlots.Margin] = tendon.Margin;
                break;
            case BlockSource.BallLimit:
                ModelJoint ball = model.Joints[block.Index];
                own[BlockSlots.Bound] = Math.Max(ball.RangeMin, ball.RangeMax);
                own[BlockSlots.Margin] = ball.Margin;
                break;
        }
    }

    private static void PackFrames(ModelEquality equality, Span<double> own)
    {
        own[BlockSlots.Enabled] = equality.Active ? 1 : 0;
        own[BlockSlots.FirstAnchor] = equality.FirstAnchor.X;
        own[BlockSlots.FirstAnchor + 1] = equality.FirstAnchor.Y;
        own[BlockSlots.FirstAnchor + 2] = equality.FirstAnchor.Z;
        own[BlockSlots.SecondAnchor] = equality.SecondAnchor.X;
        own[BlockSlots.SecondAnchor + 1] = equality.SecondAnchor.Y;
        own[BlockSlots.SecondAnchor + 2] = equality.SecondAnchor.Z;
        equality.RelativeOrientation.ToMatrix().CopyTo(own[BlockSlots.Relative..]);
        own[BlockSlots.TorqueScale] = equality.TorqueScale;
    }

    private static void PackCoupling(Model model, ModelEquality equality, Span<double> own)
    {
        own[BlockSlots.Enabled] = equality.Active ? 1 : 0;
        for (int k = 0; k < equality.Polynomial.Count; k++)
        {
            // Without a second item only the constant counts.
            own[BlockSlots.Polynomial + k] =
                k > 0 && equality.Second < 0 ? 0 : equality.Polynomial[k];
        }

        own[BlockSlots.FirstReference] = Reference(model, equality.Kind, equality.First);
        own[BlockSlots.SecondReference] = Reference(model, equality.Kind, equality.Second);
    }

    private static double Reference(Model model, EqualityKind kind, int item) => item < 0 ? 0
        : kind == EqualityKind.Joint
            ? model.ReferencePosition[model.Joints[item].PositionAddress]
            : model.Tendons[item].ReferenceLength;

    private static void PackCoefficients(Model model, ModelBlock block, Span<double> numbers)
    {
        numbers.Clear();
        int count = block.List.Dofs.Length;
        switch (block.Source)
        {
            case BlockSource.JointCoupling or BlockSource.TendonCoupling:
                ModelEquality equality = model.Equalities[block.Index];
                AddItem(model, equality.Kind, equality.First, block.List, numbers[..count]);
                AddItem(model, equality.Kind, equality.Second, block.List, numbers[count..]);
                break;
            case BlockSource.TendonFriction or BlockSource.TendonLower or BlockSource.TendonUpper:
                AddItem(model, EqualityKind.Tendon, block.Index, block.List, numbers[..count]);
                break;
        }
    }

    private static void AddItem(
        Model model, EqualityKind kind, int item, DofList list, Span<double> numbers)
    {
        if (item < 0)
        {
            return;
        }

        if (kind == EqualityKind.Joint)
        {
            numbers[Array.IndexOf(list.Dofs, model.Joints[item].DofAddress)] = 1;
            return;
        }

        ModelTendon tendon = model.Tendons[item];
        for (int k = 0; k < tendon.Joints.Count; k++)
        {
            int dof = model.Joints[tendon.Joints[k]].DofAddress;
            numbers[Array.IndexOf(list.Dofs, dof)] += tendon.Coefficients[k];
        }
    }

    // Bodies of a connect or weld; dofs of a coupling of joints, else tendons.
    private static (int First, int Second) Items(Model model, ModelBlock block)
    {
        if (block.Shape == CostShape.Quadratic)
        {
            ModelEquality equality = model.Equalities[block.Index];
            return equality.Kind == EqualityKind.Joint
                ? (model.Joints[equality.First].DofAddress,
                    equality.Second < 0 ? -1 : model.Joints[equality.Second].DofAddress)
                : (equality.First, equality.Second);
        }

        return block.Source == BlockSource.BallLimit
            ? (model.Joints[block.Index].DofAddress, -1)
            : (block.Index, -1);
    }
}
