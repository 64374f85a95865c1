using ILGPU;
using ILGPU.IR;
using ILGPU.IR.Rewriting;
using ILGPU.IR.Transformations;
using ILGPU.IR.Values;

namespace HilRig.Sim.Accelerators;

/// <summary>
/// Turns a conversion to float by way of double into one conversion, which gives the same float:
/// phases make their numbers from doubles, and many GPUs have none.
/// </summary>
internal sealed class NarrowConversions : UnorderedTransformation
{
    private static readonly Rewriter Rewriter = MakeRewriter();

    /// <inheritdoc/>
    protected override bool PerformTransformation(Method.Builder builder) =>
        Rewriter.Rewrite(builder.SourceBlocks, builder);

    private static Rewriter MakeRewriter()
    {
        var rewriter = new Rewriter();
        rewriter.Add<ConvertValue>(IsByWayOfDouble, Shorten);
        return rewriter;
    }

    private static bool IsByWayOfDouble(ConvertValue value) =>
        value.BasicValueType == BasicValueType.Float32
        && value.Value.Resolve() is ConvertValue { BasicValueType: BasicValueType.Float64 };

    private static void Shorten(RewriterContext context, ConvertValue value)
    {
        var inner = (ConvertValue)value.Value.Resolve();
        Value shortened = context.Builder.CreateConvert(
            value.Location, inner.Value, value.BasicValueType);
        context.ReplaceAndRemove(value, shortened);
    }
}
