using System.Diagnostics;
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
}
