using HilRig.Bridge.Host;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Sessions;

namespace HilRig.Rig.Tests.Processes;

/// <summary>The remote lane's process dies; the agent and who is local do not notice.</summary>
[CancelAfter(300_000)]
[Platform("Linux")]
public sealed class RemoteLaneTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    [Test]
    public void A_bridge_killed_in_mid_motion_stops_the_arm_and_harms_nobody_else(
        CancellationToken cancel)
    {
        using var rig = new HandStartedRig();
        using HilrigRun bridge = rig.StartBridge(out string endpoint);
        using HilrigRun host = rig.StartHost(endpoint);
        using AgentObserver observer = AgentObserver.Connect(
            rig.AgentAddress, Patience, Patience);
        var state = new JointState(observer.JointNames.Count);
        Await(() => Accepted(observer) > 200 && Newest(observer, state).Health
            == PlantHealth.Armed, cancel, host);
        string maps = File.ReadAllText($"/proc/{rig.AgentPid}/maps");
        Assert.That(maps, Does.Contain("HilRig.Bridge.dll").And.Not.Contain("NetMQ.dll"));
        Assert.That(File.ReadAllText($"/proc/{bridge.Pid}/maps"), Does.Contain("NetMQ.dll"));

        ChildProcesses.Signal(bridge.Pid, ChildProcesses.SigKill);
        Await(() => Newest(observer, state).Health == PlantHealth.Stopped, cancel);
        Assert.That(observer.Report.StopReason, Is.EqualTo(StopReason.DeadmanExpired));
        Await(() => observer.Report.StopAcknowledged, cancel);
        Assert.That(ChildProcesses.IsAlive(rig.AgentPid), Is.True);
        Assert.That(host.AwaitExit(Patience), Is.EqualTo(50), host.Error);

        using HilrigRun again = rig.StartBridge(out string next);
        using AgentObserver remote = AgentObserver.Connect(next, Patience, Patience);
        Await(() => Newest(remote, state).Health == PlantHealth.Stopped, cancel);
    }

    [Test]
    public void A_host_frozen_in_mid_motion_moves_nothing_when_it_wakes(CancellationToken cancel)
    {
        using var rig = new HandStartedRig();
        using HilrigRun host = rig.StartHost(rig.AgentAddress);
        using AgentObserver observer = AgentObserver.Connect(
            rig.AgentAddress, Patience, Patience);
        var state = new JointState(observer.JointNames.Count);
        Await(() => Accepted(observer) > 200, cancel, host);
        ChildProcesses.Signal(host.Pid, SigStop);
        Await(() => Newest(observer, state).Health == PlantHealth.Stopped, cancel);
        long accepted = Accepted(observer);
        ChildProcesses.Signal(host.Pid, SigContinue);
        host.AwaitExit(Patience);
        Assert.That(Accepted(observer), Is.EqualTo(accepted));
        Assert.That(observer.Report.StopReason, Is.EqualTo(StopReason.DeadmanExpired));
    }

    private const int SigContinue = 18;
    private const int SigStop = 19;

    private static long Accepted(AgentObserver observer) =>
        observer.Report.CommandCounts[(int)CommandVerdict.Accepted];

    private static JointState Newest(AgentObserver observer, JointState state)
    {
        while (observer.TryRead(state) == PlantStatus.Ok)
        {
        }

        return state;
    }

    private static void Await(
        Func<bool> condition, CancellationToken cancel, HilrigRun? driver = null)
    {
        while (!condition())
        {
            cancel.ThrowIfCancellationRequested();
            Assert.That(
                driver is null || ChildProcesses.IsAlive(driver.Pid), Is.True, driver?.Error);
            cancel.WaitHandle.WaitOne(2);
        }
    }
}
