using HilRig.Bridge.Agent;
using HilRig.Bridge.Host;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Rigs;
using HilRig.Rig.Files;
using HilRig.Rig.Processes;

namespace HilRig.Rig.Running;

/// <summary>
/// A rig whose agent is already running, here or elsewhere: nothing is started, the handshake
/// checks rig name, hash and joints, and nothing but the session ends with the run.
/// </summary>
public static class HostedAgent
{
    /// <summary>Word for "the agent of this rig on this machine".</summary>
    public const string OfRig = "rig";

    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LostTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Checks an address.</summary>
    /// <param name="address">"rig", shm:PATH, tcp://HOST:PORT or tls://HOST:PORT.</param>
    /// <param name="where">Where it was written, for the message.</param>
    /// <exception cref="ScenarioException">It is none of these.</exception>
    public static void Require(string address, string where)
    {
        bool isKnown = address == OfRig
            || address.StartsWith(AgentBridge.Scheme, StringComparison.Ordinal)
            || (Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)
                && uri.Scheme is "tcp" or "tls" && uri.Port > 0);
        if (!isKnown)
        {
            throw new ScenarioException(
                "This is no address of an agent",
                where,
                "'rig', shm:PATH, tcp://127.0.0.1:PORT or tls://HOST:PORT",
                address,
                "use what 'hilrig agent' or 'hilrig bridge' printed when it started");
        }
    }

    /// <summary>Becomes the owner of the agent.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="address">Where its agent is.</param>
    /// <param name="period">Time between two commands.</param>
    /// <exception cref="RigException">
    /// It does not answer, or refuses.
    /// </exception>
    public static RemotePlant Connect(RigDescription rig, string address, TimeSpan period)
    {
        return RemotePlant.Connect(new RemotePlantOptions
        {
            Endpoint = address == OfRig ? BridgeProcess.AddressOf(rig) : address,
            Description = new PlantDescription(
                rig.Name, [.. rig.Joints.Select(joint => joint.Describe())]),
            RigName = rig.Name,
            RigSha256 = rig.Sha256,
            Period = period,
            HandshakeTimeout = HandshakeTimeout,
            LostTimeout = LostTimeout,
        });
    }

    /// <summary>Lifts the stop that a running agent has latched.</summary>
    /// <param name="rigPath">Rig file.</param>
    /// <param name="address">Where the agent is.</param>
    /// <returns>What had stopped it.</returns>
    /// <exception cref="RigException">
    /// It does not answer, refuses (over TLS this takes an admin key), or stays stopped.
    /// </exception>
    public static StopReason Rearm(string rigPath, string address)
    {
        Require(address, "--agent");
        RigDescription rig = RigFile.Load(rigPath);
        using RemotePlant plant = Connect(
            rig, address, TimeSpan.FromSeconds(rig.DeadmanSeconds / 4));
        StopReason reason = plant.AwaitReport().StopReason;
        plant.Rearm();
        return reason;
    }

    /// <summary>Why the rig stopped, one sentence; null when nothing is known.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="plant">Its agent.</param>
    public static string? Diagnose(RigDescription rig, RemotePlant plant) =>
        StopDiagnosis.Of(rig, plant.Report, null, "where the agent runs");
}
