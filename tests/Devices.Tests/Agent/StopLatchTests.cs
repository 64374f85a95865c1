using HilRig.Core.Joints;
using HilRig.Devices.Agent.RealTime;

namespace HilRig.Devices.Tests.Agent;

internal sealed class StopLatchTests
{
    private static IEnumerable<StopReason> Reasons() =>
        Enum.GetValues<StopReason>().Where(reason => reason != StopReason.None);

    [TestCaseSource(nameof(Reasons))]
    public void A_latched_stop_cannot_be_armed_until_it_is_cleared(StopReason reason)
    {
        var latch = new StopLatch();
        Assert.That(latch.TryArm(), Is.True);
        Assert.That(latch.Stop(reason, 3, 17), Is.True);
        Assert.That(latch.TryArm(), Is.False);
        Assert.That(
            (latch.Reason, latch.Joint, latch.StopNanoseconds), Is.EqualTo((reason, 3, 17L)));
        Assert.That(latch.TryClear(devicesAreWell: true), Is.True);
        Assert.That(
            (latch.Health, latch.Reason), Is.EqualTo((PlantHealth.Disarmed, StopReason.None)));
        Assert.That(latch.TryArm(), Is.True);
    }

    [TestCase(StopReason.ServoLost)]
    [TestCase(StopReason.ServoError)]
    [TestCase(StopReason.BusLost)]
    public void A_device_at_fault_faults_the_rig(StopReason reason)
    {
        var latch = new StopLatch();
        latch.Stop(reason, 0, 1);
        Assert.That(latch.Health, Is.EqualTo(PlantHealth.Faulted));
    }

    [Test]
    public void The_first_reason_stays_and_a_later_fault_only_worsens_the_health()
    {
        var latch = new StopLatch();
        latch.Stop(StopReason.DeadmanExpired, -1, 1);
        Assert.That(latch.Stop(StopReason.ServoLost, 2, 2), Is.False);
        Assert.That(latch.Stop(StopReason.Requested, -1, 3), Is.False);
        Assert.That(
            (latch.Health, latch.Reason, latch.StopNanoseconds),
            Is.EqualTo((PlantHealth.Faulted, StopReason.DeadmanExpired, 1L)));
    }

    [Test]
    public void A_device_still_at_fault_keeps_the_latch()
    {
        var latch = new StopLatch();
        latch.Stop(StopReason.ServoLost, 2, 2);
        Assert.That(latch.TryClear(devicesAreWell: false), Is.False);
        Assert.That(latch.TryArm(), Is.False);
    }
}
