namespace HilRig.Recording.Ticks;

/// <summary>What a recording says of the run it belongs to; enough to make the run again.</summary>
public sealed record RecordingHeader
{
    /// <summary>Identifies the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Name of the scenario.</summary>
    public required string ScenarioName { get; init; }

    /// <summary>The scenario file, word for word; an attachment of the recording.</summary>
    public required string ScenarioText { get; init; }

    /// <summary>Name of the rig.</summary>
    public required string RigName { get; init; }

    /// <summary>The rig file, word for word; an attachment of the recording.</summary>
    public required string RigText { get; init; }

    /// <summary>Hash of the rig file.</summary>
    public required string RigHash { get; init; }

    /// <summary>Joints in the order of every array of a tick.</summary>
    public required IReadOnlyList<RecordedJoint> Joints { get; init; }

    /// <summary>Seed of everything random in the run. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// Further facts, such as versions; keys must not begin with "hilrig.". Default none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } =
        new Dictionary<string, string>();

    /// <summary>
    /// Offset to Unix time; measured by the sink, so only meaningful when read back.
    /// </summary>
    public WallClockOffset WallClock { get; init; }
}
