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

    private LatchKeeper NewKeeper() => new(_latch, _page, new GuardianLog(TextWriter.Null));

    private void Stop(StopReason reason, PlantHealth health)
    {
        _page.AgentStopReason = reason;
        _page.AgentStopAcknowledged = false;
        _page.AgentHealth = health;
    }
}
