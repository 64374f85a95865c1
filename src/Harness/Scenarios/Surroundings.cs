namespace HilRig.Harness.Scenarios;

/// <summary>What a scenario meets: the joints and abilities of a rig, or a recording.</summary>
public sealed record Surroundings
{
    /// <summary>Joints, in [dof] order.</summary>
    public required IReadOnlyList<JointBounds> Joints { get; init; }

    /// <summary>What the rig can do; null when nothing says so (a recording).</summary>
    public IReadOnlyList<string>? Capabilities { get; init; }

    /// <summary>Whether the rig is a virtual one, which may be harmed.</summary>
    public bool IsVirtualRig { get; init; }

    /// <summary>Whether the rig has an emergency stop that the emulator can press.</summary>
    public bool HasVirtualEmergencyStop { get; init; }

    /// <summary>Absolute path of the log, when a recording is the plant.</summary>
    public string? RecordedLogPath { get; init; }

    /// <summary>
    /// Folder of recordings (<c>--data</c> or HILRIG_DATA); null when none was named.
    /// </summary>
    public string? DataFolder { get; init; }
}
