using HilRig.Devices.Agent.RealTime;

namespace HilRig.Devices.Tests.Agent;

internal sealed class DeadmanTests
{
    [Test]
    public void It_runs_only_between_start_and_stop()
    {
        var deadman = new Deadman(100, 2000);
        Assert.That(deadman.HasExpired(long.MaxValue - 1), Is.False);
        deadman.Start(0);
        deadman.Stop();
        Assert.That(deadman.HasExpired(long.MaxValue - 1), Is.False);
    }

    [Test]
    public void The_first_command_has_more_time_than_the_others()
    {
        var deadman = new Deadman(100, 2000);
        deadman.Start(0);
        Assert.That(deadman.HasExpired(1999), Is.False);
        Assert.That(deadman.HasExpired(2000), Is.True);
        deadman.Feed(1500);
        Assert.That(deadman.HasExpired(1599), Is.False);
        Assert.That(deadman.HasExpired(1600), Is.True);
    }
}
