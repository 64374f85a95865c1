using HilRig.Devices.Guardian;

namespace HilRig.Devices.Tests.Guardian;

public sealed class GuardianOptionsTests
{
    [TestCase(0.1, true, 60, 50)]
    [TestCase(0.4, true, 160, 80)]
    [TestCase(2, true, 250, 250)]
    [TestCase(0.1, false, 250, 250)]
    public void Silence_is_a_part_of_the_deadman_where_priorities_are_granted(
        double deadmanSeconds, bool isRealTime, double ofAgent, double ofGuardian)
    {
        TimeSpan agent = GuardianOptions.For(deadmanSeconds, isRealTime).HeartbeatTimeout;
        TimeSpan guardian = GuardianOptions.GuardianSilenceMax(deadmanSeconds, isRealTime);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(agent.TotalMilliseconds, Is.EqualTo(ofAgent).Within(1e-3));
            Assert.That(guardian.TotalMilliseconds, Is.EqualTo(ofGuardian).Within(1e-3));
        }
    }
}
