using HilRig.Core.Time;

namespace HilRig.Core.Tests.Time;

public sealed class DeviceClockFilterTests
{
    private const long Period = 1_000_000;
    private const long TrueOffset = 123_456_789;

    [Test]
    public void The_first_packet_is_due_when_it_arrives()
    {
        var filter = new DeviceClockFilter();

        Assert.That(filter.Arrived(500, 1_000), Is.EqualTo(1_000));
    }

    [Test]
    public void Late_packets_are_due_when_an_undelayed_one_would_have_come()
    {
        var filter = new DeviceClockFilter(64);
        var random = new Random(1);
        for (int i = 0; i < 64; i++)
        {
            long delay = i % 8 == 0 ? 0 : random.Next(0, 400_000);
            filter.Arrived(i * Period, (i * Period) + TrueOffset + delay);
        }

        long due = filter.Arrived(64 * Period, (64 * Period) + TrueOffset + 300_000);

        Assert.That(due, Is.EqualTo((64 * Period) + TrueOffset));
    }

    [Test]
    public void No_packet_is_due_after_it_arrived()
    {
        var filter = new DeviceClockFilter();
        filter.Arrived(0, 5_000);

        Assert.That(filter.Arrived(Period, Period + 2_000), Is.EqualTo(Period + 2_000));
    }

    [Test]
    public void A_drifting_clock_is_followed_within_the_window()
    {
        const double driftPpm = 100;
        var filter = new DeviceClockFilter(100);
        long due = 0;
        long ideal = 0;
        for (int i = 0; i < 20_000; i++)
        {
            long device = i * Period;
            ideal = device + TrueOffset + (long)(device * driftPpm * 1e-6);
            due = filter.Arrived(device, ideal + (i % 5 == 0 ? 0 : 50_000));
        }

        // 100 packets of 1 ms at 100 ppm: the window's oldest packet is 10 µs off.
        Assert.That(Math.Abs(due - ideal), Is.LessThanOrEqualTo(10_000));
    }
}
