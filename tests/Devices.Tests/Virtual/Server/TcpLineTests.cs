using HilRig.Core.RealTime;
using HilRig.Devices.Transports;
using HilRig.Devices.Virtual.Server;

namespace HilRig.Devices.Tests.Virtual.Server;

internal sealed class TcpLineTests
{
    [TestCase(300_000)]
    [TestCase(999_000)]
    [TestCase(2_500_000)]
    public void Without_a_host_a_read_waits_until_its_deadline(long nanoseconds)
    {
        using var line = new TcpLine(0);
        long deadline = MonotonicClock.NowNanoseconds + nanoseconds;
        TransportStatus status = line.Read(new byte[8], deadline, out int count);
        Assert.That((status, count), Is.EqualTo((TransportStatus.Timeout, 0)));
        Assert.That(MonotonicClock.NowNanoseconds, Is.GreaterThanOrEqualTo(deadline));
    }
}
