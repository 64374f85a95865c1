namespace HilRig.Core.Rigs;

/// <summary>
/// The Isaac Sim that simulates a rig's arm, in place of buses and servos. It is driven over the
/// second generation of its ZeroMQ bridge, and its clock sets the ticks.
/// </summary>
/// <param name="StreamPort">Port that Isaac's publish nodes connect to.</param>
/// <param name="CommandPort">Port that its subscribe nodes connect to.</param>
/// <param name="StatesTopic">Topic of joint states.</param>
/// <param name="CommandTopic">Topic of joint commands.</param>
/// <param name="FieldsPath">File of field numbers; null for the assumed ones.</param>
public sealed record IsaacRigDescription(
    int StreamPort,
    int CommandPort,
    string StatesTopic,
    string CommandTopic,
    string? FieldsPath);
