using HilRig.Bridge.Agent;
using HilRig.Bridge.Host;
using HilRig.Core.Joints;
using HilRig.Core.Ports;

namespace HilRig.Bridge.Tests;

/// <summary>
/// A small rig's names and options, the same on both sides unless a test says otherwise.
/// </summary>
internal static class Rigs
{
    public const string Name = "bench";
    public const string Sha256 = "00ff";

    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(4);

    /// <summary>
    /// Far beyond the stalls of a busy machine: a test that is about a time-out sets a short one.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly JointLimits Limits = new(-1, 1, 2, 3);

    public static IReadOnlyList<JointDescription> Joints { get; } =
    [
        new JointDescription("shoulder", JointKind.Revolute, Limits),
        new JointDescription("elbow", JointKind.Revolute, Limits),
        new JointDescription("gripper", JointKind.Prismatic, Limits),
    ];

    public static AgentBridgeOptions Agent() => new()
    {
        RigName = Name,
        RigSha256 = Sha256,
        Joints = Joints,
        Deadman = TimeSpan.FromMilliseconds(100),
        OwnerSilence = Patience,
    };

    public static RemotePlantOptions Host(LoopbackAgent agent) => Host(agent.Endpoint);

    public static RemotePlantOptions Host(string endpoint) => new()
    {
        Endpoint = endpoint,
        Description = new PlantDescription(Name, Joints),
        RigName = Name,
        RigSha256 = Sha256,
        Period = Period,
        HandshakeTimeout = Patience,
        LostTimeout = Patience,
    };
}
