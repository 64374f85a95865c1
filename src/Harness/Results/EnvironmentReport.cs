namespace HilRig.Harness.Results;

/// <summary>What the run ran on, and what real time it did and did not get.</summary>
public sealed record EnvironmentReport
{
    /// <summary>HilRig's version.</summary>
    public required string Version { get; init; }

    /// <summary>Operating system.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>Processor architecture, such as "X64".</summary>
    public required string Architecture { get; init; }

    /// <summary>.NET runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>Logical processors the process may use.</summary>
    public required int ProcessorCount { get; init; }

    /// <summary>Whether the loop ran under a real-time policy on an absolute grid.</summary>
    public required bool RealTime { get; init; }

    /// <summary>
    /// What was granted: "SCHED_FIFO 80", "mlockall", "affinity 1", "cpu_dma_latency 0".
    /// </summary>
    public required IReadOnlyList<string> Granted { get; init; }

    /// <summary>What was asked for and refused, each with what to do about it.</summary>
    public required IReadOnlyList<string> Refused { get; init; }
}
