using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using HilRig.Sim.Batch;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Plans;

/// <summary>Makes machine code of a model's plan, through the JIT.</summary>
/// <typeparam name="T">The number.</typeparam>
/// <typeparam name="TElement">A constant: an element of all lanes, or a number.</typeparam>
internal static class PlanCompiler<T, TElement>
    where T : unmanaged
    where TElement : unmanaged
{
    private const int GuardWeightMax = 40; // with a maximum each, as long as a piece

    private static readonly Type[] Parameters = [typeof(nint), typeof(nint), typeof(nint)];

    /// <summary>The compiled step of a model; null where it has no plan.</summary>
    /// <param name="model">The model.</param>
    /// <param name="own">Constants that are one number an env.</param>
    /// <param name="isWholeOnly">Whether a plan of a part of the step is none.</param>
    public static CompiledPlan? Compile(
        PackedModel model, IReadOnlyCollection<int> own, bool isWholeOnly = false)
    {
        if (!RuntimeFeature.IsDynamicCodeCompiled)
        {
            return null;
        }

        StepPlan? plan = isWholeOnly
            ? PlanRecorder<Symbol>.Record(model, own, PlanScope.Whole)
            : PlanRecorder<Symbol>.Record(model, own);
        return plan is null ? null : Compile(plan);
    }

    /// <summary>
    /// The compiled step of a model with one tangent, in memory of duals; null where it has no
    /// plan.
    /// </summary>
    public static CompiledPlan? CompileTangent(PackedModel model) =>
        RuntimeFeature.IsDynamicCodeCompiled
        && PlanRecorder<Dual<Symbol>>.Record(model, []) is { } plan
            ? Compile(plan)
            : null;

    private static CompiledPlan Compile(StepPlan plan)
    {
        var chunks = new PlanChunks(plan);
        DynamicMethod step = Method("PlanStep", typeof(bool));
        ILGenerator code = step.GetILGenerator();
        foreach (int[] guards in Groups(plan))
        {
            Label holds = code.DefineLabel();
            Call(code, Guard(plan, chunks, guards));
            code.Emit(OpCodes.Brfalse, holds);
            code.Emit(OpCodes.Ldc_I4_0);
            code.Emit(OpCodes.Ret);
            code.MarkLabel(holds);
        }

        foreach (int[] piece in chunks.Pieces)
        {
            Call(code, Piece(plan, chunks, piece));
        }

        foreach (PlanStore[] stores in chunks.Last)
        {
            Call(code, Stores(plan, chunks, stores));
        }

        code.Emit(OpCodes.Ldc_I4_1);
        code.Emit(OpCodes.Ret);
        return new(
            step.CreateDelegate<PlanStep>(),
            plan.Scope,
            chunks.ScratchCount,
            plan.Order.Length);
    }

    // Guards that one method computes.
    private static IEnumerable<int[]> Groups(StepPlan plan)
    {
        var group = new List<int>();
        foreach (int guard in plan.Guards)
        {
            if (group.Count > 0 && plan.OrderOf([.. group, guard]).Length > GuardWeightMax)
            {
                yield return [.. group];
                group.Clear();
            }

            group.Add(guard);
        }

        if (group.Count > 0)
        {
            yield return [.. group];
        }
    }

    private static DynamicMethod Guard(StepPlan plan, PlanChunks chunks, int[] guards) =>
        Written("PlanGuard", typeof(bool), plan, chunks, emitter =>
        {
            foreach (int node in plan.OrderOf(guards))
            {
                emitter.Compute(node);
            }

            emitter.PushAnyAbove(guards);
        });

    private static DynamicMethod Piece(StepPlan plan, PlanChunks chunks, int[] piece) =>
        Written("PlanPiece", typeof(void), plan, chunks, emitter =>
        {
            foreach (int node in piece)
            {
                emitter.Compute(node);
                foreach (int result in plan.ResultsOf(node))
                {
                    emitter.Keep(result);
                }
            }
        });

    private static DynamicMethod Stores(StepPlan plan, PlanChunks chunks, PlanStore[] stores) =>
        Written("PlanStores", typeof(void), plan, chunks, emitter =>
        {
            foreach (PlanStore store in stores)
            {
                emitter.Store(store);
            }
        });

    private static DynamicMethod Written(
        string name,
        Type result,
        StepPlan plan,
        PlanChunks chunks,
        Action<PlanEmitter<T, TElement>> write)
    {
        DynamicMethod method = Method(name, result);
        ILGenerator code = method.GetILGenerator();
        write(new PlanEmitter<T, TElement>(plan, chunks, code));
        code.Emit(OpCodes.Ret);
        return method;
    }

    private static DynamicMethod Method(string name, Type result) =>
        new(name, result, Parameters, typeof(T).Module, skipVisibility: true);

    private static void Call(ILGenerator code, DynamicMethod method)
    {
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldarg_2);
        code.Emit(OpCodes.Call, method);
    }
}
