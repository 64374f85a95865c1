using HilRig.Bridge.Agent;
using HilRig.Bridge.Remote;
using HilRig.Bridge.SharedMemory;
using HilRig.Core.Rigs;

namespace HilRig.Rig.Processes;

/// <summary>
/// `hilrig bridge`: serves an agent's remote lane (ZeroMQ) from a process of its own, so that its
/// end or its garbage never touches the agent.
/// </summary>
public static class BridgeProcess
{
    private const int LooksPerReport = 200;
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(50);

    /// <summary>Serves until told to end, or until the agent has ended.</summary>
    /// <param name="agent">The agent's address, or its rig file.</param>
    /// <param name="port">Port of control; states are at the next one. 0: a free pair.</param>
    /// <param name="gate">How other machines get in; null: they do not.</param>
    /// <param name="isSupervised">Whether standard input is the parent's pipe.</param>
    /// <param name="stop">Ends serving.</param>
    /// <returns>0 when it was told to end; 50 when the agent has ended.</returns>
    public static int Run(
        string agent, int port, GateSettings? gate, bool isSupervised, CancellationToken stop) =>
        ChildMain.Run("bridge", isSupervised, (ready, hostEnded) =>
        {
            using RemoteLane lane = RemoteLane.Open(
                new RemoteLaneOptions { Agent = AddressOf(agent), Port = port });
            using OpenGate? open = gate?.Open(
                new Uri(lane.Endpoint).Port, Console.Error.WriteLine);
            ready(new ReadyLine
            {
                Role = "bridge",
                Pid = Environment.ProcessId,
                Endpoint = lane.Endpoint,
                Gate = open?.Endpoint,
                Fingerprint = open?.Fingerprint,
            });
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(hostEnded, stop);
            for (int look = 1; !ending.Token.WaitHandle.WaitOne(LookPeriod); look++)
            {
                if (look % LooksPerReport == 0)
                {
                    open?.Say(Console.Error.WriteLine);
                }

                if (lane.AgentHasEnded)
                {
                    Console.Error.WriteLine("hilrig bridge: the agent has ended");
                    return ChildMain.Failed;
                }
            }

            open?.Say(Console.Error.WriteLine);
            return 0;
        });

    /// <summary>
    /// The address of a rig's agent on this machine, stable as long as its ports are.
    /// </summary>
    /// <param name="rig">The rig, with its ports.</param>
    public static string AddressOf(RigDescription rig) => AgentBridge.Scheme
        + LanePlace.Of(Devices.Guardian.RigKey.Of(rig).FileName);

    /// <summary>An address as it is; for a rig file, the address of the rig's agent.</summary>
    /// <param name="agent">An address or a rig file.</param>
    public static string AddressOf(string agent) =>
        agent.StartsWith(AgentBridge.Scheme, StringComparison.Ordinal)
            ? agent
            : AddressOf(Files.RigFile.Load(agent));
}
