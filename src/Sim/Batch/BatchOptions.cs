using HilRig.Core.Errors;

namespace HilRig.Sim.Batch;

/// <summary>How a batch is computed.</summary>
public sealed record BatchOptions
{
    /// <summary>What computes.</summary>
    public BatchBackend Backend { get; init; } = BatchBackend.Auto;

    /// <summary>Threads that step on a CPU; results do not depend on it.</summary>
    public int ThreadCount { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Envs of one vector on the simd back end: 1, 4, 8 or 16; 0 for the widest the processor has.
    /// </summary>
    public int LaneCount { get; init; }

    /// <summary>Whether the step is compiled for the model, on a CPU.</summary>
    public StepCompilation Compilation { get; init; } = StepCompilation.Auto;

    /// <summary>What happens when an env goes wrong.</summary>
    public FaultPolicy OnFault { get; init; } = FaultPolicy.Throw;

    /// <summary>
    /// Keyframe that envs begin and are reset at, or null for the reference position at rest.
    /// </summary>
    public string? Keyframe { get; init; }

    /// <summary>What is compiled of the step of so many envs on a CPU.</summary>
    internal StepCompilation CompilationOf(int envCount, bool isDouble)
    {
        const int Many = 64;
        return Compilation == StepCompilation.Auto && (isDouble || envCount < Many)
            ? StepCompilation.Never
            : Compilation;
    }

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ModelException">A number is out of range.</exception>
    internal void Validate(int envCount)
    {
        const int EnvMax = 1 << 22;
        if (envCount is < 1 or > EnvMax)
        {
            throw new ModelException(
                "the number of envs is out of range", "envs", $"1 to {EnvMax}", $"{envCount}");
        }

        if (ThreadCount is < 1 or > 1024)
        {
            throw new ModelException(
                "the number of threads is out of range", "threads", "1 to 1024", $"{ThreadCount}");
        }
    }
}
