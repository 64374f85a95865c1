using HilRig.Core.RealTime;
using HilRig.Bridge.Host;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Sessions;
using HilRig.Core.Time;

namespace HilRig.Bridge.Tests.Host;

[TestFixture(Lane.SharedMemory)]
[TestFixture(Lane.ZeroMq)]
[CancelAfter(60_000)]
public sealed class RemotePlantTests(Lane lane)
{
    [Test]
    public void A_start_arms_the_agent_and_gives_its_measured_state()
    {
        using var agent = new LoopbackAgent(lane);
        using var plant = RemotePlant.Connect(Rigs.Host(agent));
        var state = new JointState(3);
        plant.Start(state);
        Assert.That(state.Health, Is.EqualTo(PlantHealth.Armed));
        Assert.That(state.Position, Is.EqualTo(new double[] { 0, 0, 0 }));
        Assert.That(plant.Key, Is.EqualTo(agent.Bridge.Owner));
    }

    [Test]
    public void Every_command_is_answered_in_order_with_stamps_that_grow(CancellationToken cancel)
    {
        using var agent = new LoopbackAgent(lane);
        using var plant = RemotePlant.Connect(Rigs.Host(agent));
        var drive = new Drive(plant);
        for (int i = 1; i <= 100; i++)
        {
            JointState answer = drive.Exchange(goal: i * 0.001, cancel);
            Assert.That(answer.AnsweredCommandSequence, Is.EqualTo(i));
            Assert.That(answer.Position[0], Is.EqualTo(i * 0.001));
            HopStamps stamps = answer.Stamps;
            long[] order =
            [
                stamps.Planned, stamps.CommandSent, stamps.AgentReceived, stamps.BusReply,
                stamps.StateReceived,
            ];
            Assert.That(order, Is.Ordered.Ascending);
            Assert.That(order, Has.None.Zero);
        }

        Assert.That(plant.Report.CommandCounts[(int)CommandVerdict.Accepted], Is.EqualTo(100));
    }

    [Test]
    public void A_second_start_may_number_its_commands_from_one_again(CancellationToken cancel)
    {
        using var agent = new LoopbackAgent(lane);
        using var plant = RemotePlant.Connect(Rigs.Host(agent));
        for (int run = 0; run < 2; run++)
        {
            var drive = new Drive(plant);
            for (int i = 1; i <= 5; i++)
            {
                Assert.That(
                    drive.Exchange(0.1, cancel).AnsweredCommandSequence, Is.EqualTo(i));
            }

            Assert.That(plant.Stop(StopReason.Requested), Is.EqualTo(PlantStatus.Ok));
            plant.Rearm();
        }
    }

    [Test]
    public void A_stop_is_confirmed_and_latches()
    {
        using var agent = new LoopbackAgent(lane);
        using var plant = RemotePlant.Connect(Rigs.Host(agent));
        plant.Start(new JointState(3));
        Assert.That(plant.Stop(StopReason.IllegalCommand), Is.EqualTo(PlantStatus.Ok));
        Assert.That(plant.Stop(StopReason.Requested), Is.EqualTo(PlantStatus.Ok), "twice");
        Assert.That(plant.Report.StopReason, Is.EqualTo(StopReason.IllegalCommand));
        Assert.That(Drive.WriteOnce(plant, 1), Is.EqualTo(PlantStatus.Stopped));
        var error = Assert.Throws<DeviceException>(() => plant.Start(new JointState(3)));
        Assert.That(error!.Message, Does.Contain("latched").And.Contain("elbow"));
        plant.Rearm();
        Assert.That(() => plant.Start(new JointState(3)), Throws.Nothing);
    }

    [Test]
    public void The_confirmed_end_of_a_run_needs_no_re_arm()
    {
        using var agent = new LoopbackAgent(lane);
        using var plant = RemotePlant.Connect(Rigs.Host(agent));
        plant.Start(new JointState(3));
        Assert.That(plant.Stop(StopReason.Requested), Is.EqualTo(PlantStatus.Ok));
        Assert.That(() => plant.Start(new JointState(3)), Throws.Nothing);
    }

    [Test]
    public void The_hosts_reason_for_a_stop_reaches_the_agent()
    {
        using var agent = new LoopbackAgent(lane);
        using var plant = RemotePlant.Connect(Rigs.Host(agent));
        plant.Start(new JointState(3));
        Assert.That(plant.Stop(StopReason.HostDied), Is.EqualTo(PlantStatus.Ok));
        Assert.That(plant.Report.StopReason, Is.EqualTo(StopReason.HostDied));
    }

    [Test]
    public void Ages_of_commands_and_states_are_counted(CancellationToken cancel)
    {
        using var agent = new LoopbackAgent(lane);
        using var plant = RemotePlant.Connect(Rigs.Host(agent));
        var drive = new Drive(plant);
        for (int i = 0; i < 20; i++)
        {
            drive.Exchange(0.1, cancel);
        }

        Assert.That(plant.CommandAge.Count, Is.EqualTo(20));
        Assert.That(plant.StateAge.Count, Is.GreaterThanOrEqualTo(20));
        Assert.That(plant.CommandAge.MaxNanoseconds, Is.InRange(1, 10_000_000_000));
    }

    [Test]
    public void Without_commands_the_deadman_stops_the_rig_and_the_loop_is_told(
        CancellationToken cancel)
    {
        using var agent = new LoopbackAgent(lane, Rigs.Agent());
        using var plant = RemotePlant.Connect(Rigs.Host(agent));
        var state = new JointState(3);
        plant.Start(state);
        PlantStatus status = PlantStatus.Ok;
        while (status is PlantStatus.Ok or PlantStatus.NoNewState)
        {
            cancel.ThrowIfCancellationRequested();
            status = plant.TryRead(state);
        }

        Assert.That(status, Is.EqualTo(PlantStatus.Stopped));
        Assert.That(state.Health, Is.EqualTo(PlantHealth.Stopped), "the stop itself was read");
        Assert.That(plant.Report.StopReason, Is.EqualTo(StopReason.DeadmanExpired));
    }

    [Test]
    public void A_command_past_its_validity_is_not_even_sent(CancellationToken cancel)
    {
        using var agent = new LoopbackAgent(lane);
        using var plant = RemotePlant.Connect(Rigs.Host(agent));
        plant.Start(new JointState(3));
        long past = MonotonicClock.NowNanoseconds - 1_000_000_000;
        plant.Write(new Tick(0, past, past, 4_000_000, 0), new JointCommand(3) { Sequence = 1 });
        Eventually.Holds(() => plant.Counters.CommandsExpired == 1, cancel);
        Assert.That(plant.Counters.CommandsSent, Is.Zero);
    }

    [Test]
    public void A_hung_agent_is_lost_and_a_stop_gives_up_in_time(CancellationToken cancel)
    {
        using var agent = new LoopbackAgent(lane);
        var options = Rigs.Host(agent) with
        {
            LostTimeout = TimeSpan.FromSeconds(1),
            StopTimeout = TimeSpan.FromMilliseconds(300),
        };
        using var plant = RemotePlant.Connect(options);
        plant.Start(new JointState(3));
        agent.Hangs = true;
        var state = new JointState(3);
        Eventually.Holds(() => plant.TryRead(state) == PlantStatus.Lost, cancel);
        Assert.That(Drive.WriteOnce(plant, 1), Is.EqualTo(PlantStatus.Lost));
        Assert.That(plant.Stop(StopReason.Requested), Is.EqualTo(PlantStatus.Lost));
    }

    [Test]
    public void An_agent_that_ends_is_lost(CancellationToken cancel)
    {
        var agent = new LoopbackAgent(lane);
        using var plant = RemotePlant.Connect(Rigs.Host(agent) with
        {
            LostTimeout = TimeSpan.FromSeconds(1),
        });
        plant.Start(new JointState(3));
        agent.Dispose();
        var state = new JointState(3);
        Eventually.Holds(() => plant.TryRead(state) == PlantStatus.Lost, cancel);
    }

    [Test]
    public void Dispose_stops_a_started_rig(CancellationToken cancel)
    {
        using var agent = new LoopbackAgent(lane);
        var plant = RemotePlant.Connect(Rigs.Host(agent));
        plant.Start(new JointState(3));
        plant.Dispose();
        using var observer = AgentObserver.Connect(
            agent.Endpoint, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2));
        var state = new JointState(3);
        Eventually.Holds(() => observer.TryRead(state) == PlantStatus.Ok, cancel);
        Assert.That(state.Health, Is.EqualTo(PlantHealth.Stopped));
        Assert.That(observer.Report.StopReason, Is.EqualTo(StopReason.Requested));
    }

    [Test]
    public void Refused_commands_of_owner_and_strangers_are_in_the_report(
        CancellationToken cancel)
    {
        using var agent = new LoopbackAgent(lane);
        using var plant = RemotePlant.Connect(Rigs.Host(agent));
        var drive = new Drive(plant);
        drive.Exchange(0.1, cancel);
        using var stranger = new Stranger(agent.Endpoint);
        stranger.Command(new SessionKey(1, 1), sequence: 9);
        Eventually.Holds(() => agent.Bridge.Counters.CommandsForeign == 1, cancel);
        stranger.Command(plant.Key with { OwnerToken = 99 }, sequence: 9);
        long[] expected = [1, 0, 1, 0, 1, 1, 0, 0];
        Drive.WriteOnce(plant, 1);
        Eventually.Holds(
            () => plant.Report.CommandCounts.SequenceEqual(expected), cancel);
    }

    [Test]
    public void The_loop_and_the_real_time_thread_allocate_nothing(CancellationToken cancel)
    {
        using var agent = new LoopbackAgent(lane);
        using var plant = RemotePlant.Connect(Rigs.Host(agent));
        var drive = new Drive(plant);
        for (int i = 0; i < 500; i++)
        {
            drive.Exchange(0.1, cancel);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 2500; i++)
        {
            drive.Exchange(0.1, cancel);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero, "host loop");
        Assert.That(agent.AllocatedBytes, Is.Zero, "agent real-time thread");
    }
}
