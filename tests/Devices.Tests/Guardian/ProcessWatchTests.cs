using System.Diagnostics;
using HilRig.Core.RealTime;
using HilRig.Devices.Guardian;

namespace HilRig.Devices.Tests.Guardian;

[Platform("Linux")]
internal sealed class ProcessWatchTests
{
    [Test]
    [CancelAfter(20_000)]
    public void A_killed_child_has_exited_even_before_its_parent_reaps_it(
        CancellationToken cancelled)
    {
        using Process child = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        using var watch = new ProcessWatch(child.Id);
        Assert.That(watch.HasExited, Is.False);
        watch.Kill();
        while (!watch.HasExited)
        {
            cancelled.ThrowIfCancellationRequested();
            Thread.Yield();
        }

        child.WaitForExit();
        Assert.That(child.ExitCode, Is.EqualTo(128 + 9));
        Assert.That(watch.Kill, Throws.Nothing);
    }

    [Test]
    public void A_process_that_never_was_has_exited()
    {
        using var watch = new ProcessWatch(int.MaxValue);
        Assert.That(watch.HasExited, Is.True);
        Assert.That(watch.Kill, Throws.Nothing);
    }

    [Test]
    public void A_process_with_the_same_id_and_another_start_is_left_alone()
    {
        using Process child = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        long start = ProcessStart.TicksOf(child.Id);
        using var reused = new ProcessWatch(child.Id, start - 1);
        reused.Kill();
        using var meant = new ProcessWatch(child.Id, start);
        Assert.That(reused.HasExited, Is.True);
        Assert.That(meant.HasExited, Is.False, "the other process lives on");
        meant.Kill();
        child.WaitForExit();
        Assert.That(meant.HasExited, Is.True);
    }
}
