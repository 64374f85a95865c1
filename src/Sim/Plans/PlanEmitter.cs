using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using HilRig.Sim.Gradients;

namespace HilRig.Sim.Plans;

/// <summary>
/// Writes one piece of a plan: loads what it needs once, calls the number's own operations, which
/// the JIT inlines, and stores what others need.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
/// <typeparam name="TElement">One of the model's constants: an element, or a number.</typeparam>
internal sealed unsafe class PlanEmitter<T, TElement>
    where T : unmanaged
    where TElement : unmanaged
{
    private const BindingFlags Own = BindingFlags.Static | BindingFlags.Public;

    private static readonly Type Number = typeof(T);
    private static readonly ConcurrentDictionary<(string Name, int Count), MethodInfo> Known = [];
    private static readonly MethodInfo Of = Number.GetMethod("Of", Own, [typeof(double)])!;
    private static readonly MethodInfo? Splat =
        Number.GetMethod("Splat", Own, [typeof(TElement)]);

    private static readonly MethodInfo SinCos = Number.GetMethod(
        "SinCos", Own, [Number, Number.MakeByRefType(), Number.MakeByRefType()])!;

    private readonly StepPlan _plan;
    private readonly PlanChunks _chunks;
    private readonly ILGenerator _code;
    private readonly Dictionary<int, LocalBuilder> _locals = [];

    /// <summary>Begins a piece.</summary>
    public PlanEmitter(StepPlan plan, PlanChunks chunks, ILGenerator code)
    {
        _plan = plan;
        _chunks = chunks;
        _code = code;
    }

    /// <summary>Computes a node from its operands.</summary>
    public void Compute(int node)
    {
        GraphNode it = _plan[node];
        if (it.Operation == GraphOperation.Sine)
        {
            ComputeSine(node, it);
            return;
        }

        int count = 0;
        foreach (int operand in _plan.OperandsOf(node))
        {
            Push(operand);
            count++;
        }

        Call(NameOf(it.Operation), count);
        _code.Emit(OpCodes.Stloc, Local(node));
    }

    /// <summary>Puts a computed node where other pieces and the workspace expect it.</summary>
    public void Keep(int node)
    {
        foreach (int place in _chunks.Left[node])
        {
            Store(new(place, node));
        }

        if (_chunks.TryScratch(node, out int scratch))
        {
            Address(OpCodes.Ldarg_2, scratch * sizeof(T));
            Push(node);
            _code.Emit(OpCodes.Stobj, Number);
        }
    }

    /// <summary>Writes a node to the workspace.</summary>
    public void Store(PlanStore store)
    {
        Address(OpCodes.Ldarg_0, store.Place * sizeof(T));
        Push(store.Node);
        _code.Emit(OpCodes.Stobj, Number);
    }

    /// <summary>Leaves whether any lane of any of some nodes is above 0.</summary>
    public void PushAnyAbove(int[] nodes)
    {
        Push(nodes[0]);
        foreach (int node in nodes.AsSpan(1))
        {
            Push(node);
            Call("Max", 2);
        }

        Call("Any", 1);
    }

    private void ComputeSine(int node, GraphNode it)
    {
        // Of locals whose address is taken, so copies stay in registers.
        LocalBuilder sine = _code.DeclareLocal(Number);
        LocalBuilder cosine = _code.DeclareLocal(Number);
        Push(it.A);
        _code.Emit(OpCodes.Ldloca, sine);
        _code.Emit(OpCodes.Ldloca, cosine);
        _code.Emit(OpCodes.Call, SinCos);
        _code.Emit(OpCodes.Ldloc, sine);
        _code.Emit(OpCodes.Stloc, Local(node));
        _code.Emit(OpCodes.Ldloc, cosine);
        _code.Emit(OpCodes.Stloc, Local(it.B));
    }

    private void Push(int node)
    {
        if (_plan.IsConstant(node))
        {
            _code.Emit(OpCodes.Ldc_R8, _plan.NumberOf(node));
            _code.Emit(OpCodes.Call, Of);
            return;
        }

        if (!_locals.TryGetValue(node, out LocalBuilder? local))
        {
            Load(node);
            local = Local(node);
            _code.Emit(OpCodes.Stloc, local);
        }

        _code.Emit(OpCodes.Ldloc, local);
    }

    private void Load(int node)
    {
        if (_plan.IsLeaf(node))
        {
            PlanSource source = _plan.SourceOf(node);
            if (source.IsConstant)
            {
                Address(OpCodes.Ldarg_1, source.Place * sizeof(TElement));
                _code.Emit(OpCodes.Ldobj, typeof(TElement));
                if (typeof(TElement) != Number)
                {
                    _code.Emit(OpCodes.Call, Splat!);
                }

                return;
            }

            Address(OpCodes.Ldarg_0, source.Place * sizeof(T));
        }
        else if (_chunks.TryLeft(node, out int left))
        {
            Address(OpCodes.Ldarg_0, left * sizeof(T));
        }
        else
        {
            _ = _chunks.TryScratch(node, out int scratch);
            Address(OpCodes.Ldarg_2, scratch * sizeof(T));
        }

        _code.Emit(OpCodes.Ldobj, Number);
    }

    private LocalBuilder Local(int node)
    {
        if (!_locals.TryGetValue(node, out LocalBuilder? local))
        {
            local = _code.DeclareLocal(Number);
            _locals.Add(node, local);
        }

        return local;
    }

    private void Address(OpCode block, int bytes)
    {
        _code.Emit(block);
        _code.Emit(OpCodes.Ldc_I4, bytes);
        _code.Emit(OpCodes.Add);
    }

    private void Call(string name, int count) => _code.Emit(
        OpCodes.Call,
        Known.GetOrAdd(
            (name, count),
            key => Number.GetMethod(key.Name, Own, [.. Enumerable.Repeat(Number, key.Count)])!));

    private static string NameOf(GraphOperation operation) => operation switch
    {
        GraphOperation.Add => "op_Addition",
        GraphOperation.Subtract => "op_Subtraction",
        GraphOperation.Negate => "op_UnaryNegation",
        GraphOperation.Multiply => "op_Multiply",
        GraphOperation.Divide => "op_Division",
        _ => operation.ToString(),
    };
}
