using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Rig.Learning.Parts;
using HilRig.Rig.Stops;

namespace HilRig.Rig.Tests.Learning.Parts;

internal sealed class StopRulesTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("hilrig-rules").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(StopReason.ServoError, true)]
    [TestCase(StopReason.ServoLost, true)]
    [TestCase(StopReason.BusLost, true)]
    [TestCase(StopReason.DeadmanExpired, true)]
    [TestCase(StopReason.Unguarded, true)]
    [TestCase(StopReason.IllegalCommand, false)]
    [TestCase(StopReason.EmergencyStop, false)]
    [TestCase(StopReason.Requested, false)]
    public void A_stop_that_every_servo_confirmed_may_be_cleared_when_its_cause_passes(
        StopReason cause, bool mayGoOn)
    {
        Assert.That(StopRules.MayGoOn(ByAgent(cause, true), isPersonThere: false),
            Is.EqualTo(mayGoOn));
        Assert.That(StopRules.MayGoOn(ByAgent(cause, false), isPersonThere: true), Is.False);
    }

    [Test]
    public void An_emergency_stop_is_for_a_person()
    {
        StopFacts stop = ByAgent(StopReason.EmergencyStop, isConfirmed: true);
        Assert.That(StopRules.MayGoOn(stop, isPersonThere: true), Is.True);
    }

    [Test]
    public void A_guardian_that_ended_must_have_taken_the_rig_over_first()
    {
        StopFacts agent = ByAgent(StopReason.ServoLost, isConfirmed: true);
        Assert.That(
            StopRules.MayGoOn(agent with { HasGuardianDied = true }, false), Is.False);
        StopFacts taken = Read(page =>
        {
            page.GuardianStopReason = StopReason.AgentDied;
            page.GuardianStopAcknowledged = true;
        });
        Assert.That(StopRules.MayGoOn(taken with { HasGuardianDied = true }, false), Is.True);
        StopFacts unconfirmed = Read(page => page.GuardianStopReason = StopReason.AgentDied);
        Assert.That(
            StopRules.MayGoOn(unconfirmed with { HasGuardianDied = true }, true), Is.False);
    }

    [Test]
    public void Nothing_known_of_a_stop_is_no_leave_to_go_on() =>
        Assert.That(StopRules.MayGoOn(null, isPersonThere: true), Is.False);

    private StopFacts ByAgent(StopReason cause, bool isConfirmed) => Read(page =>
    {
        page.AgentStopReason = cause;
        page.AgentStopAcknowledged = isConfirmed;
    });

    private StopFacts Read(Action<HeartbeatPage> write)
    {
        using HeartbeatPage page = HeartbeatPage.Create(
            Path.Combine(_folder, Guid.NewGuid().ToString("N")));
        write(page);
        return StopFacts.Read(page);
    }
}
