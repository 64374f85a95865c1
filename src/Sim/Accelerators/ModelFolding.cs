using System.Runtime.InteropServices;
using HilRig.Sim.Batch;
using HilRig.Sim.Dynamics;
using ILGPU.IR;
using ILGPU.IR.Rewriting;
using ILGPU.IR.Transformations;
using ILGPU.IR.Values;

namespace HilRig.Sim.Accelerators;

/// <summary>
/// Makes constants of what a model lacks: offsets and counts of its layout that are 0, the shapes
/// that meet, and the switches at the start of its integers. What they guard then falls away, and
/// the kernel holds only code that the model needs.
/// </summary>
internal sealed class ModelFolding : UnorderedTransformation
{
    private static readonly Rewriter<ModelFolding> Rewriter = MakeRewriter();

    private readonly int[] _layout;
    private readonly int[] _switches;

    /// <summary>Reads a model.</summary>
    public ModelFolding(PackedModel model)
    {
        // The layout is integers only, so a field's number is its place in memory.
        Layout at = model.At;
        _layout = MemoryMarshal.Cast<Layout, int>(new ReadOnlySpan<Layout>(in at)).ToArray();
        _switches = model.Topology[..TopologySlots.FirstBody];
        Key = string.Join(
            ',',
            _layout.Select((value, field) => IsFolded(field) ? value : -1).Concat(_switches));
    }

    /// <summary>Equal for models that have the same kernels.</summary>
    public string Key { get; }

    /// <inheritdoc/>
    protected override bool PerformTransformation(Method.Builder builder) =>
        Rewriter.Rewrite(builder.SourceBlocks, builder, this);

    private static Rewriter<ModelFolding> MakeRewriter()
    {
        var rewriter = new Rewriter<ModelFolding>();
        rewriter.Add<GetField>(IsFolded, Fold);
        rewriter.Add<Load>(IsSwitch, Fold);
        return rewriter;
    }

    private static bool IsFolded(ModelFolding model, GetField get) =>
        !get.FieldSpan.HasSpan
        && get.ObjectValue.Resolve() is Parameter { Name: Kernels.KernelParameters.Layout }
        && model.IsFolded(get.FieldSpan.Index);

    private static void Fold(RewriterContext context, ModelFolding model, GetField get) =>
        context.ReplaceAndRemove(
            get,
            context.Builder.CreatePrimitiveValue(
                get.Location, model._layout[get.FieldSpan.Index]));

    private static bool IsSwitch(ModelFolding model, Load load) =>
        load.Source.Resolve() is LoadElementAddress address
        && address.Source.Resolve() is GetField view
        && view.ObjectValue.Resolve() is Parameter { Name: Kernels.KernelParameters.Shared }
        && view.FieldSpan.Index == SharedViews.TopologyField
        && address.Offset.Resolve() is PrimitiveValue slot
        && slot.Int32Value < model._switches.Length;

    private static void Fold(RewriterContext context, ModelFolding model, Load load)
    {
        var address = (LoadElementAddress)load.Source.Resolve();
        var slot = (PrimitiveValue)address.Offset.Resolve();
        context.ReplaceAndRemove(
            load,
            context.Builder.CreatePrimitiveValue(
                load.Location, model._switches[slot.Int32Value]));
    }

    // Offsets that happen to be 0 are as constant as counts.
    private bool IsFolded(int field) => _layout[field] == 0 || field == Layout.ShapesField;
}
