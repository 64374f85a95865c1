using HilRig.Core.Joints;

namespace HilRig.Devices.PacketClocked;

/// <summary>How an emulated packet-clocked controller behaves.</summary>
public sealed record PacketControllerOptions
{
    /// <summary>UDP port on 127.0.0.1; 0 (default) takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Time between two states. Default 1 ms.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Hard limits of the joints, which no goal may leave. Shape [dof].</summary>
    public required IReadOnlyList<JointLimits> Limits { get; init; }

    /// <summary>First eight bytes of the rig file's SHA-256; a host must know the same.</summary>
    public required ulong RigDigest { get; init; }

    /// <summary>
    /// SCHED_FIFO priority of its thread, 1 to 99; 0 asks for none. Default 80: a real controller
    /// does not wait for the computer that commands it.
    /// </summary>
    public int FifoPriority { get; init; } = 80;

    /// <summary>File for its events as JSON lines; null for none.</summary>
    public string? EventLogPath { get; init; }
}
