namespace HilRig.Core.Rigs;

/// <summary>A test rig as its rig file describes it. SI units. Immutable.</summary>
public sealed record RigDescription
{
    /// <summary>Version of the rig-file schema; 1 today.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Name used in reports and locks.</summary>
    public required string Name { get; init; }

    /// <summary>The rig file's absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// SHA-256 of the rig file's bytes, lower-case hex; part of every run's result.
    /// </summary>
    public required string Sha256 { get; init; }

    /// <summary>Buses by name.</summary>
    public required IReadOnlyList<BusDescription> Buses { get; init; }

    /// <summary>Arms; their joints, in order, are the rig's [dof] order.</summary>
    public required IReadOnlyList<ArmDescription> Arms { get; init; }

    /// <summary>What the rig does when it stops.</summary>
    public required SafePosture SafePosture { get; init; }

    /// <summary>
    /// Longest time without a valid fresh command before the agent stops the rig, s. Default 0.1.
    /// </summary>
    public required double DeadmanSeconds { get; init; }

    /// <summary>Supply range that servos must report, V.</summary>
    public required ValueRange SupplyVolts { get; init; }

    /// <summary>Temperature range that servos must report, °C.</summary>
    public required ValueRange TemperatureCelsius { get; init; }

    /// <summary>
    /// What the rig can do, such as "position", "gripper", "virtual"; scenarios may require some.
    /// </summary>
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>Rigs that stop together share this name; null stops alone.</summary>
    public string? StopGroup { get; init; }

    /// <summary>
    /// Address of an agent that runs already, in place of starting one; null starts one.
    /// </summary>
    public string? AgentAddress { get; init; }

    /// <summary>
    /// The switch of the servos' power, which the guardian opens when servos do not confirm a stop;
    /// null: none.
    /// </summary>
    public PowerDescription? Power { get; init; }

    /// <summary>The input of its emergency stop, which the guardian reads; null: none.</summary>
    public EmergencyStopDescription? EmergencyStop { get; init; }

    /// <summary>Whether the emulator has to offer an emergency stop or a power switch.</summary>
    public bool NeedsPanel => EmergencyStop?.Kind == EmergencyStopKind.Virtual
        || Power?.Kind == PowerSwitchKind.Virtual;

    /// <summary>
    /// Who answers for unattended runs of this rig though nothing can stop it independently of its
    /// bus; null: nobody, so there are none.
    /// </summary>
    public string? UnattendedAcknowledgedBy { get; init; }

    /// <summary>The virtual arm behind the bus, when there is no real one.</summary>
    public VirtualRigDescription? Virtual { get; init; }

    /// <summary>
    /// Whether the rig is one controller that sets the pace by its packets (device-clocked), in
    /// place of servos that an agent drives.
    /// </summary>
    public bool IsPacketClocked => Buses is [{ Protocol: "packet-clocked" }];

    /// <summary>
    /// First eight bytes of <see cref="Sha256"/>: how a controller and its host know that they were
    /// given the same file.
    /// </summary>
    public ulong Digest => Convert.ToUInt64(Sha256[..16], 16);

    /// <summary>The Isaac Sim that simulates the arm; null for servos, real or virtual.</summary>
    public IsaacRigDescription? Isaac { get; init; }

    /// <summary>Every joint of every arm, in [dof] order.</summary>
    public IReadOnlyList<JointMapping> Joints => [.. Arms.SelectMany(arm => arm.Joints)];
}

/// <summary>A closed range of a physical value.</summary>
/// <param name="Min">Lowest allowed value.</param>
/// <param name="Max">Highest allowed value.</param>
public readonly record struct ValueRange(double Min, double Max);
