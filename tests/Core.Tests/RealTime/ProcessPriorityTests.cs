using HilRig.Core.RealTime;

namespace HilRig.Core.Tests.RealTime;

[Platform("Linux")]
internal sealed class ProcessPriorityTests
{
    [Test]
    public void A_granted_raise_holds_for_the_thread_and_for_those_it_starts()
    {
        RealTimeGrant grant = default;
        int own = int.MaxValue;
        int inherited = int.MaxValue;
        int elsewhere = Nice();
        var thread = new Thread(() =>
        {
            grant = ProcessPriority.Raise();
            own = Nice();
            var child = new Thread(() => inherited = Nice());
            child.Start();
            child.Join();
        });
        thread.Start();
        thread.Join();
        int expected = grant.Granted ? ProcessPriority.RaisedNice : elsewhere;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(own, Is.EqualTo(expected), grant.Detail);
            Assert.That(inherited, Is.EqualTo(expected));
            Assert.That(Nice(), Is.EqualTo(elsewhere));
            Assert.That(grant.Detail, Is.Not.Empty);
        }
    }

    private static int Nice() => LinuxCalls.GetPriority(LinuxCalls.PriorityOfThread, 0);
}
