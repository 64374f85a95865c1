using HilRig.Devices.Guardian;

namespace HilRig.Devices.Tests.Guardian;

public sealed class GuardianOptionsTests
{
    [TestCase(0.1, true, 60)]
    [TestCase(0.4, true, 100)]
    [TestCase(2, true, 250)]
    [TestCase(0.1, false, 250)]
    public void Silence_is_a_part_of_the_deadman_where_priorities_are_granted(
        double deadmanSeconds, bool isRealTime, double milliseconds) => Assert.That(
            GuardianOptions.For(deadmanSeconds, isRealTime).HeartbeatTimeout.TotalMilliseconds,
            Is.EqualTo(milliseconds).Within(1e-3));
}
