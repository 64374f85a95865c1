using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Devices.Guardian;
using HilRig.Devices.Tests.Support;

namespace HilRig.Devices.Tests.Guardian;

internal sealed class LatchKeeperTests
{
    private string _folder = string.Empty;
    private RigLatch _latch = null!;
    private HeartbeatPage _page = null!;

    [SetUp]
    public void Open()
    {
        _folder = Path.Combine(
            TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N"));
        _latch = new RigLatch(RigKey.Of(TestRigs.OfServos(1), _folder));
        _page = HeartbeatPage.Create(Path.Combine(_folder, "page"));
    }

    [TearDown]
    public void Close()
    {
        _page.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase(StopReason.DeadmanExpired, PlantHealth.Stopped)]
    [TestCase(StopReason.IllegalCommand, PlantHealth.Stopped)]
    [TestCase(StopReason.ServoLost, PlantHealth.Faulted)]
    [TestCase(StopReason.HostDied, PlantHealth.Stopped)]
    public void A_stop_of_the_agent_is_kept_and_its_confirmation_follows(
        StopReason reason, PlantHealth health)
    {
        LatchKeeper keeper = NewKeeper();
        keeper.Look(1);
        Stop(reason, health);
        keeper.Look(2);
        Assert.That((_latch.Read()?.Reason, _latch.Read()?.Acknowledged), Is.EqualTo(
            ((StopReason?)reason, (bool?)false)));
        _page.AgentStopAcknowledged = true;
        keeper.Look(3);
        Assert.That(_latch.Read()?.Acknowledged, Is.True);
    }

    [Test]
    public void A_requested_stop_is_not_kept()
    {
        LatchKeeper keeper = NewKeeper();
        Stop(StopReason.Requested, PlantHealth.Stopped);
        keeper.Look(1);
        Assert.That(_latch.Read(), Is.Null);
    }

    [Test]
    public void A_latch_survives_a_restart_and_only_a_re_arm_clears_it()
    {
        Stop(StopReason.ServoLost, PlantHealth.Faulted);
        NewKeeper().Look(1);
        LatchedStop? first = _latch.Read();

        LatchKeeper restarted = NewKeeper();
        _page.AgentHealth = PlantHealth.Disarmed;
        restarted.Look(2);
        Assert.That(_latch.Read(), Is.EqualTo(first), "no stop taken over yet");
        _page.AgentHealth = PlantHealth.Stopped;
        restarted.Look(3);
        Assert.That(_latch.Read(), Is.EqualTo(first));
        _page.AgentHealth = PlantHealth.Disarmed;
        restarted.Look(4);
        Assert.That(_latch.Read(), Is.Null);
    }

    [Test]
    public void A_takeover_keeps_the_first_reason_and_says_what_came_then()
    {
        LatchKeeper keeper = NewKeeper();
        Stop(StopReason.ServoLost, PlantHealth.Faulted);
        _page.AgentStopAcknowledged = true;
        keeper.Look(1);
        LatchedStop first = _latch.Read()!;
        keeper.NoteTakeover(StopReason.AgentDied, "the agent ended");
        keeper.Save(2);
        LatchedStop? taken = _latch.Read();
        keeper.NoteConfirmed(3);
        Assert.That(taken, Is.EqualTo(first with
        {
            Acknowledged = false,
            Detail = "latched by the agent; then the agent ended",
        }));
        Assert.That(_latch.Read(), Is.EqualTo(taken! with { Acknowledged = true }));
    }

    [Test]
    public void A_requested_stop_does_not_hide_that_the_agent_died()
    {
        LatchKeeper keeper = NewKeeper();
        Stop(StopReason.Requested, PlantHealth.Stopped);
        keeper.Look(1);
        keeper.NoteTakeover(StopReason.AgentDied, "the agent ended");
        keeper.Save(2);
        Assert.That(_latch.Read()?.Reason, Is.EqualTo(StopReason.AgentDied));
    }

    [Test]
    public void A_latch_that_cannot_be_written_is_written_at_a_later_look()
    {
        var log = new StringWriter();
        var keeper = new LatchKeeper(_latch, _page, new GuardianLog(log));
        Directory.CreateDirectory(_latch.Path);
        Stop(StopReason.BusLost, PlantHealth.Faulted);
        keeper.Look(1);
        keeper.Look(2);
        Assert.That(log.ToString().Split("the latch cannot be kept"), Has.Length.EqualTo(2));
        Directory.Delete(_latch.Path);
        keeper.Look(3);
        Assert.That(_latch.Read()?.Reason, Is.EqualTo(StopReason.BusLost));
    }

    [Test]
    public void A_latch_that_cannot_be_cleared_is_cleared_at_a_later_look()
    {
        LatchKeeper keeper = NewKeeper();
        Stop(StopReason.ServoLost, PlantHealth.Faulted);
        keeper.Look(1);
        File.Delete(_latch.Path);
        Directory.CreateDirectory(_latch.Path);
        _page.AgentHealth = PlantHealth.Disarmed;
        keeper.Look(2);
        Assert.That(_latch.Read(), Is.Not.Null, "not cleared yet");
        Directory.Delete(_latch.Path);
        File.WriteAllText(_latch.Path, "left");
        keeper.Look(3);
        Assert.That(_latch.Read(), Is.Null);
    }

    private LatchKeeper NewKeeper() => new(_latch, _page, new GuardianLog(TextWriter.Null));

    private void Stop(StopReason reason, PlantHealth health)
    {
        _page.AgentStopReason = reason;
        _page.AgentStopAcknowledged = false;
        _page.AgentHealth = health;
    }
}
