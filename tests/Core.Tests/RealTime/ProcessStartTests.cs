using System.Diagnostics;
using HilRig.Core.RealTime;

namespace HilRig.Core.Tests.RealTime;

internal sealed class ProcessStartTests
{
    [Test]
    public void A_name_with_parentheses_and_spaces_does_not_shift_the_fields() => Assert.That(
        ProcessStart.Parse("7 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20\n"),
        Is.EqualTo(4711));

    [TestCase("")]
    [TestCase("7 (a)")]
    [TestCase("7 (a) S 1 2")]
    public void A_text_that_is_cut_off_is_unknown(string stat) =>
        Assert.That(ProcessStart.Parse(stat), Is.Zero);

    [Test]
    [Platform("Linux")]
    public void A_child_starts_no_earlier_than_its_parent()
    {
        using Process child = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        long childStart = ProcessStart.TicksOf(child.Id);
        child.Kill();
        child.WaitForExit();
        Assert.That(ProcessStart.TicksOf(Environment.ProcessId), Is.Positive);
        Assert.That(
            childStart, Is.GreaterThanOrEqualTo(ProcessStart.TicksOf(Environment.ProcessId)));
        Assert.That(ProcessStart.TicksOf(child.Id), Is.Zero, "it is gone");
    }
}
