using HilRig.Core.RealTime;
using HilRig.Bridge.RealTime;

namespace HilRig.Bridge.Tests.RealTime;

[CancelAfter(60_000)]
public sealed class WakeSignalTests
{
    private const long TenSeconds = 10_000_000_000;

    [Test]
    public void A_signal_given_before_the_wait_ends_it_at_once()
    {
        using var signal = new WakeSignal();
        signal.Set();
        signal.Set();
        long start = MonotonicClock.NowNanoseconds;
        signal.Wait(start + TenSeconds);
        Assert.That(MonotonicClock.NowNanoseconds - start, Is.LessThan(TenSeconds));
        long until = MonotonicClock.NowNanoseconds + 1_000_000;
        signal.Wait(until);
        Assert.That(
            MonotonicClock.NowNanoseconds, Is.GreaterThanOrEqualTo(until), "it was taken");
    }

    [Test]
    public void A_signal_of_another_thread_ends_the_wait()
    {
        using var signal = new WakeSignal();
        var setter = new Thread(signal.Set);
        long start = MonotonicClock.NowNanoseconds;
        setter.Start();
        signal.Wait(start + TenSeconds);
        Assert.That(MonotonicClock.NowNanoseconds - start, Is.LessThan(TenSeconds));
        setter.Join();
    }

    [Test]
    public void A_deadline_in_the_past_does_not_wait()
    {
        using var signal = new WakeSignal();
        Assert.That(() => signal.Wait(0), Throws.Nothing);
    }

    [Test]
    public void Waiting_and_signalling_allocate_nothing()
    {
        using var signal = new WakeSignal();
        signal.Set();
        signal.Wait(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            signal.Set();
            signal.Wait(0);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
