using HilRig.Bridge.Agent;
using HilRig.Bridge.Host;
using HilRig.Core.Joints;

namespace HilRig.Rig.Tests.Processes;

/// <summary>`hilrig bridge --keep` as a process, and what it keeps.</summary>
[CancelAfter(300_000)]
[Platform("Linux")]
public sealed class BridgeKeeperTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    [Test]
    public void A_killed_bridge_comes_back_on_its_port_later_each_time_and_ends_with_its_keeper()
    {
        using AgentBridge agent = AgentBridge.Open(new AgentBridgeOptions
        {
            RigName = "kept",
            RigSha256 = "00ff",
            Joints = [new JointDescription("a", JointKind.Revolute, new JointLimits(-1, 1, 1, 1))],
            Deadman = TimeSpan.FromSeconds(1),
        });
        using HilrigRun keeper = HilrigRun.Start("bridge", agent.Endpoint, "--keep");
        string[] lines = Await(keeper, "(process ", 1);
        int bridge = ChildProcesses.Await(keeper.Pid, "bridge", Patience);
        string endpoint = EndpointOf(lines[0]);

        ChildProcesses.Signal(bridge, ChildProcesses.SigKill);
        lines = Await(keeper, "(process ", 2);
        Assert.That(EndpointOf(lines[1]), Is.EqualTo(endpoint));
        ChildProcesses.Signal(
            ChildProcesses.Await(keeper.Pid, "bridge", Patience), ChildProcesses.SigKill);
        lines = Await(keeper, "(process ", 3);
        Assert.That(EndpointOf(lines[2]), Is.EqualTo(endpoint));
        Assert.That(
            Await(keeper, "starting it again in ", 2).Select(line => line.Split(' ')[^2]),
            Is.EqualTo(["0.2", "0.4"]));

        int last = ChildProcesses.Await(keeper.Pid, "bridge", Patience);
        using (AgentObserver served = AgentObserver.Connect(endpoint, Patience, Patience))
        {
            Assert.That(served.JointNames, Is.EqualTo(["a"]));
        }

        ChildProcesses.Signal(keeper.Pid, ChildProcesses.SigKill);
        ChildProcesses.AwaitEnd(last, Patience);
    }

    private static string EndpointOf(string line) =>
        line.Split(' ').First(word => word.StartsWith("tcp://", StringComparison.Ordinal));

    private static string[] Await(HilrigRun keeper, string text, int count)
    {
        string[] found = [];
        Assert.That(
            SpinWait.SpinUntil(
                () => (found = Lines(keeper, text)).Length >= count, Patience),
            Is.True,
            keeper.Error);
        return found;
    }

    private static string[] Lines(HilrigRun keeper, string text) =>
        [.. keeper.Error.Split('\n').Where(line => line.Contains(text, StringComparison.Ordinal))];
}
