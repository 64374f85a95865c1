using HilRig.Bridge.Host;
using HilRig.Core.Joints;
using HilRig.Core.Ports;

namespace HilRig.Bridge.Tests.Host;

[TestFixture(Lane.SharedMemory)]
[TestFixture(Lane.ZeroMq)]
[CancelAfter(60_000)]
public sealed class AgentObserverTests(Lane lane)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public void An_observer_sees_what_the_owner_does_but_no_answers_of_its_own(
        CancellationToken cancel)
    {
        using var agent = new LoopbackAgent(lane);
        using var plant = RemotePlant.Connect(Rigs.Host(agent));
        using var observer = AgentObserver.Connect(agent.Endpoint, Patience, Patience);
        Assert.That(observer.JointNames, Is.EqualTo(Rigs.Joints.Select(joint => joint.Name)));
        Assert.That((observer.RigName, observer.RigSha256), Is.EqualTo((Rigs.Name, Rigs.Sha256)));
        var drive = new Drive(plant);
        var state = new JointState(3);
        Eventually.Holds(
            () =>
            {
                drive.Exchange(0.7, cancel);
                bool read = observer.TryRead(state) == PlantStatus.Ok;
                Assert.That(state.AnsweredCommandSequence, Is.Zero);
                return read && state.Position[0] == 0.7;
            },
            cancel);
    }

    [Test]
    public void A_stop_that_an_observer_asks_for_ends_the_owners_run(CancellationToken cancel)
    {
        using var agent = new LoopbackAgent(lane);
        using var plant = RemotePlant.Connect(Rigs.Host(agent));
        plant.Start(new JointState(3));
        using var observer = AgentObserver.Connect(agent.Endpoint, Patience, Patience);
        observer.RequestStop();
        var state = new JointState(3);
        Eventually.Holds(() => plant.TryRead(state) == PlantStatus.Stopped, cancel);
        Assert.That(plant.Report.StopReason, Is.EqualTo(StopReason.Requested));
    }

    [Test]
    public void An_agent_that_ends_is_lost_to_its_observer(CancellationToken cancel)
    {
        var agent = new LoopbackAgent(lane);
        using var observer = AgentObserver.Connect(
            agent.Endpoint, Patience, TimeSpan.FromSeconds(1));
        agent.Dispose();
        var state = new JointState(3);
        Eventually.Holds(() => observer.TryRead(state) == PlantStatus.Lost, cancel);
    }
}
