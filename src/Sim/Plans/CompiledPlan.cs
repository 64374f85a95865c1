namespace HilRig.Sim.Plans;

/// <summary>A plan as machine code.</summary>
/// <param name="work">The workspace.</param>
/// <param name="constants">The model's constants.</param>
/// <param name="scratch">Room for numbers that pieces hand on.</param>
/// <returns>Whether the guards held; if not, nothing was written.</returns>
internal delegate bool PlanStep(nint work, nint constants, nint scratch);

/// <summary>A plan as machine code, for one number. Any number of threads may run it.</summary>
/// <param name="Run">Runs it.</param>
/// <param name="Scope">What it stands for.</param>
/// <param name="ScratchCount">Numbers of scratch that a thread needs.</param>
/// <param name="OperationCount">Operations of it, its guards apart.</param>
internal sealed record CompiledPlan(
    PlanStep Run, PlanScope Scope, int ScratchCount, int OperationCount);
