using HilRig.Devices.Virtual.Faults;

namespace HilRig.Devices.Virtual.Server;

/// <summary>How a virtual arm is served.</summary>
public sealed record VirtualBusOptions
{
    /// <summary>What kind of port. Default: pseudo-terminal on Linux, TCP elsewhere.</summary>
    public VirtualBusPort Port { get; init; } =
        OperatingSystem.IsLinux() ? VirtualBusPort.PseudoTerminal : VirtualBusPort.Tcp;

    /// <summary>TCP port number; 0 (default) takes a free one.</summary>
    public int TcpPort { get; init; }

    /// <summary>
    /// Baud rate to pace at over TCP, and the one a pseudo-terminal shows until a host sets its
    /// own. Default 1 000 000.
    /// </summary>
    public int Baud { get; init; } = 1_000_000;

    /// <summary>
    /// Whether replies come when a real line would bring them. Default true; false answers at once,
    /// for measuring drivers.
    /// </summary>
    public bool IsPaced { get; init; } = true;

    /// <summary>
    /// USB frame of the adapter: bytes reach the host at multiples of it only. Default zero (none);
    /// full-speed adapters have 1 ms, high-speed ones 125 µs.
    /// </summary>
    public TimeSpan UsbFrame { get; init; }

    /// <summary>
    /// SCHED_FIFO priority of the bus thread, 1 to 99; 0 asks for none. Default 60, below an
    /// agent's: where it is not granted, replies come late on a busy machine.
    /// </summary>
    public int FifoPriority { get; init; } = 60;

    /// <summary>File for the arm's events as JSON lines; null for none.</summary>
    public string? EventLogPath { get; init; }

    /// <summary>File for the log that <c>VirtualArmReplay</c> replays; null for none.</summary>
    public string? ArmLogPath { get; init; }

    /// <summary>What goes wrong. Default nothing.</summary>
    public IReadOnlyList<BusFault> Faults { get; init; } = [];
}
