using HilRig.Core.RealTime;
using HilRig.Devices.Guardian;
using HilRig.Devices.Power;
using HilRig.Devices.Tests.Support;

namespace HilRig.Devices.Tests.Guardian;

internal sealed class EmergencyStopWatchTests
{
    private readonly ScriptedEmergencyStop _button = new();
    private HeartbeatPage _page = null!;
    private EmergencyStopWatch _watch = null!;
    private int _pressed;

    [SetUp]
    public void Make_a_page()
    {
        _page = HeartbeatPage.Create(Path.Combine(
            TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N")));
        _button.Status = EmergencyStopStatus.Released;
        _pressed = 0;
        _watch = new EmergencyStopWatch(_button, _page, () => _pressed++);
    }

    [TearDown]
    public void Delete_the_page()
    {
        _page.Dispose();
        File.Delete(_page.Path);
    }

    [TestCase(EmergencyStopStatus.Pressed)]
    [TestCase(EmergencyStopStatus.Lost)]
    public void One_look_tells_the_agent_of_a_press_and_of_a_cut_wire(EmergencyStopStatus status)
    {
        bool changedBefore = _watch.Look(1);
        _button.Status = status;
        bool changed = _watch.Look(7);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(changedBefore, Is.False);
            Assert.That(changed, Is.True);
            Assert.That(_page.EmergencyStopNanoseconds, Is.EqualTo(7));
            Assert.That(_watch.Look(8), Is.False, "the instant of the press stays");
            Assert.That(_page.EmergencyStopNanoseconds, Is.EqualTo(7));
            Assert.That(_pressed, Is.EqualTo(1));
        }
    }

    [Test]
    public void A_contact_that_bounces_is_not_released()
    {
        _button.Status = EmergencyStopStatus.Pressed;
        _watch.Look(7);
        for (int bounce = 0; bounce < 3; bounce++)
        {
            _button.Status = EmergencyStopStatus.Released;
            for (int look = 0; look < 9; look++)
            {
                Assert.That(_watch.Look(8), Is.False);
            }

            _button.Status = EmergencyStopStatus.Pressed;
            _watch.Look(9);
        }

        Assert.That(_page.EmergencyStopNanoseconds, Is.EqualTo(7));
        _button.Status = EmergencyStopStatus.Released;
        for (int look = 0; look < 10; look++)
        {
            _watch.Look(10);
        }

        Assert.That(_page.EmergencyStopNanoseconds, Is.Zero);
        Assert.That(_pressed, Is.EqualTo(1));
    }
}
