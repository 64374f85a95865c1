using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// The order of rows and of the constraint solve, and one boundary a phase for the JIT, as in
/// CpuDynamics. A lane that has arrived keeps its bits while others go on.
/// </summary>
internal static class CpuSolver<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const MethodImplOptions Apart = MethodImplOptions.NoInlining;

    // Evaluations of a line search at most; it halves its bracket at least every other one.
    private const int SearchMax = 50;

    /// <summary>Every row of the state: J, D and aref.</summary>
    public static void MakeRows(in Env<T, TWork, TConst, TIndex> env)
    {
        MakeDofRows(env);
        if (env.At.Constraints.BlockMax > 0)
        {
            ListBlocks(env);
            if (env.At.Constraints.ModelBlockCount > 0)
            {
                JointBlocks(env);
                FrameJacobians(env);
                FrameReferences(env);
            }

            ContactJacobians(env);
            ContactReferences(env);
        }
    }

    /// <summary>The constrained acceleration, and the constraint force.</summary>
    public static void Solve(in Env<T, TWork, TConst, TIndex> env)
    {
        Begin(env);
        if (!T.Any(env.Work.Get(env.At.Unsolved)))
        {
            return;
        }

        int iterationMax = env.Topology.Get(TopologySlots.IterationMax);
        for (int k = 0; k < iterationMax && T.Any(env.Work.Get(env.At.Unsolved)); k++)
        {
            Evaluate(env);
            if (k == 0 || HessianChanged(env))
            {
                Factor(env);
            }

            Direct(env);
            Judge(env);
            if (T.Any(env.Work.Get(env.At.Constraints.Searching)))
            {
                Search(env);
            }

            Advance(env);
        }

        Evaluate(env);
    }

    /// <summary>
    /// One full Newton step from the present acceleration. From the minimum it changes nothing but
    /// rounding, and the tangents of dual numbers become exact.
    /// </summary>
    public static void FullStep(in Env<T, TWork, TConst, TIndex> env)
    {
        env.Work.SetIndex(env.At.HasRows, 1);
        Evaluate(env);
        Factor(env);
        Direct(env);
        env.Work.Set(env.At.Unsolved, T.Of(1));
        env.Work.Set(env.At.Constraints.Going, T.Of(0));
        env.Work.Set(env.At.Constraints.Length, T.Of(1));
        Advance(env);
        Evaluate(env);
    }

    private static void Evaluate(in Env<T, TWork, TConst, TIndex> env)
    {
        EvaluateDofs(env);
        if (HasBlocks(env))
        {
            Residuals(env);
            EvaluateScalars(env);
            EvaluatePyramids(env);
            EvaluateCones(env);
            BlockForces(env);
        }

        Gradient(env);
    }

    private static void Factor(in Env<T, TWork, TConst, TIndex> env)
    {
        if (HasBlocks(env))
        {
            LoadHessian(env);
            AddBlocks(env);
            FactorHessian(env);
        }
        else
        {
            FactorTree(env);
        }
    }

    private static void Direct(in Env<T, TWork, TConst, TIndex> env)
    {
        if (HasBlocks(env))
        {
            SolveHessian(env);
        }
        else
        {
            SolveTree(env);
        }
    }

    private static void Search(in Env<T, TWork, TConst, TIndex> env)
    {
        SearchBegin(env);
        bool hasBlocks = HasBlocks(env);
        if (hasBlocks)
        {
            Along(env);
        }

        int searching = env.At.Constraints.Searching;
        for (int k = 0; k < SearchMax && T.Any(env.Work.Get(searching)); k++)
        {
            Slopes(env);
            AddDofSlopes(env);
            if (hasBlocks)
            {
                AddScalarSlopes(env);
                AddPyramidSlopes(env);
                AddConeSlopes(env);
            }

            SearchMove(env);
        }
    }

    private static bool HasBlocks(in Env<T, TWork, TConst, TIndex> env) =>
        env.At.Constraints.BlockMax > 0 && BlockPhases<T, TWork, TConst, TIndex>.Count(env) > 0;

    private static bool HessianChanged(in Env<T, TWork, TConst, TIndex> env)
    {
        T changed = env.Work.Get(env.At.Constraints.Moved)
            + env.Work.Get(env.At.Constraints.Curved);
        return T.Any(T.Where(env.Work.Get(env.At.Unsolved), changed, T.Of(0)));
    }

    [MethodImpl(Apart)]
    private static void MakeDofRows(in Env<T, TWork, TConst, TIndex> env) =>
        RowPhases<T, TWork, TConst, TIndex>.MakeRows(env);

    [MethodImpl(Apart)]
    private static void ListBlocks(in Env<T, TWork, TConst, TIndex> env)
    {
        BlockPhases<T, TWork, TConst, TIndex>.List(env);
        HessianPhases<T, TWork, TConst, TIndex>.Reach(env);
    }

    [MethodImpl(Apart)]
    private static void JointBlocks(in Env<T, TWork, TConst, TIndex> env) =>
        JointBlockPhases<T, TWork, TConst, TIndex>.Make(env);

    [MethodImpl(Apart)]
    private static void FrameJacobians(in Env<T, TWork, TConst, TIndex> env) =>
        FrameBlockPhases<T, TWork, TConst, TIndex>.Jacobians(env);

    [MethodImpl(Apart)]
    private static void FrameReferences(in Env<T, TWork, TConst, TIndex> env) =>
        FrameBlockPhases<T, TWork, TConst, TIndex>.References(env);

    [MethodImpl(Apart)]
    private static void ContactJacobians(in Env<T, TWork, TConst, TIndex> env) =>
        ContactRowPhases<T, TWork, TConst, TIndex>.Jacobians(env);

    [MethodImpl(Apart)]
    private static void ContactReferences(in Env<T, TWork, TConst, TIndex> env) =>
        ContactRowPhases<T, TWork, TConst, TIndex>.References(env);

    [MethodImpl(Apart)]
    private static void Begin(in Env<T, TWork, TConst, TIndex> env) =>
        NewtonPhases<T, TWork, TConst, TIndex>.Begin(env);

    [MethodImpl(Apart)]
    private static void EvaluateDofs(in Env<T, TWork, TConst, TIndex> env) =>
        DofCostPhases<T, TWork, TConst, TIndex>.Evaluate(env);

    [MethodImpl(Apart)]
    private static void Residuals(in Env<T, TWork, TConst, TIndex> env) =>
        BlockPhases<T, TWork, TConst, TIndex>.Residuals(env);

    [MethodImpl(Apart)]
    private static void EvaluateScalars(in Env<T, TWork, TConst, TIndex> env) =>
        ScalarCostPhases<T, TWork, TConst, TIndex>.Evaluate(env);

    [MethodImpl(Apart)]
    private static void EvaluatePyramids(in Env<T, TWork, TConst, TIndex> env) =>
        PyramidPhases<T, TWork, TConst, TIndex>.Evaluate(env);

    [MethodImpl(Apart)]
    private static void EvaluateCones(in Env<T, TWork, TConst, TIndex> env) =>
        ConePhases<T, TWork, TConst, TIndex>.Evaluate(env);

    [MethodImpl(Apart)]
    private static void BlockForces(in Env<T, TWork, TConst, TIndex> env) =>
        BlockPhases<T, TWork, TConst, TIndex>.Forces(env);

    [MethodImpl(Apart)]
    private static void Gradient(in Env<T, TWork, TConst, TIndex> env) =>
        NewtonPhases<T, TWork, TConst, TIndex>.Gradient(env);

    [MethodImpl(Apart)]
    private static void LoadHessian(in Env<T, TWork, TConst, TIndex> env) =>
        HessianPhases<T, TWork, TConst, TIndex>.Load(env);

    [MethodImpl(Apart)]
    private static void AddBlocks(in Env<T, TWork, TConst, TIndex> env) =>
        HessianPhases<T, TWork, TConst, TIndex>.AddBlocks(env);

    [MethodImpl(Apart)]
    private static void FactorHessian(in Env<T, TWork, TConst, TIndex> env) =>
        FactorPhases<T, TWork, TConst, TIndex>.Factor(
            env, FactorPhases<T, TWork, TConst, TIndex>.Tile(env), env.At.Factor);

    [MethodImpl(Apart)]
    private static void FactorTree(in Env<T, TWork, TConst, TIndex> env) =>
        FactorPhases<T, TWork, TConst, TIndex>.Factor(
            env, FactorPhases<T, TWork, TConst, TIndex>.Tree(env), env.At.MassMatrix);

    [MethodImpl(Apart)]
    private static void SolveHessian(in Env<T, TWork, TConst, TIndex> env) =>
        FactorPhases<T, TWork, TConst, TIndex>.Solve(
            env, FactorPhases<T, TWork, TConst, TIndex>.Tile(env), env.At.Direction);

    [MethodImpl(Apart)]
    private static void SolveTree(in Env<T, TWork, TConst, TIndex> env) =>
        FactorPhases<T, TWork, TConst, TIndex>.Solve(
            env, FactorPhases<T, TWork, TConst, TIndex>.Tree(env), env.At.Direction);

    [MethodImpl(Apart)]
    private static void Judge(in Env<T, TWork, TConst, TIndex> env) =>
        NewtonPhases<T, TWork, TConst, TIndex>.Judge(env);

    [MethodImpl(Apart)]
    private static void SearchBegin(in Env<T, TWork, TConst, TIndex> env) =>
        SearchPhases<T, TWork, TConst, TIndex>.Begin(env);

    [MethodImpl(Apart)]
    private static void Along(in Env<T, TWork, TConst, TIndex> env) =>
        BlockPhases<T, TWork, TConst, TIndex>.Along(env);

    [MethodImpl(Apart)]
    private static void Slopes(in Env<T, TWork, TConst, TIndex> env) =>
        SearchPhases<T, TWork, TConst, TIndex>.Slopes(env);

    [MethodImpl(Apart)]
    private static void AddDofSlopes(in Env<T, TWork, TConst, TIndex> env) =>
        DofCostPhases<T, TWork, TConst, TIndex>.AddSlopes(env);

    [MethodImpl(Apart)]
    private static void AddScalarSlopes(in Env<T, TWork, TConst, TIndex> env) =>
        ScalarCostPhases<T, TWork, TConst, TIndex>.AddSlopes(env);

    [MethodImpl(Apart)]
    private static void AddPyramidSlopes(in Env<T, TWork, TConst, TIndex> env) =>
        PyramidPhases<T, TWork, TConst, TIndex>.AddSlopes(env);

    [MethodImpl(Apart)]
    private static void AddConeSlopes(in Env<T, TWork, TConst, TIndex> env) =>
        ConePhases<T, TWork, TConst, TIndex>.AddSlopes(env);

    [MethodImpl(Apart)]
    private static void SearchMove(in Env<T, TWork, TConst, TIndex> env) =>
        SearchPhases<T, TWork, TConst, TIndex>.Move(env);

    [MethodImpl(Apart)]
    private static void Advance(in Env<T, TWork, TConst, TIndex> env) =>
        NewtonPhases<T, TWork, TConst, TIndex>.Advance(env);
}
