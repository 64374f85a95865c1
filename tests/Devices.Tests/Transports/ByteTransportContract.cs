using HilRig.Core.RealTime;
using HilRig.Devices.Transports;

namespace HilRig.Devices.Tests.Transports;

/// <summary>What holds for every byte transport. Each implementation has a subclass.</summary>
public abstract class ByteTransportContract
{
    private const long PatienceNanoseconds = 5_000_000_000;

    private IByteTransport _near = null!;
    private IByteTransport _far = null!;

    /// <summary>Makes the transport under test and the other end of its line.</summary>
    protected abstract (IByteTransport Near, IByteTransport Far) OpenPair();

    [SetUp]
    public void OpenLine() => (_near, _far) = OpenPair();

    [TearDown]
    public void CloseLine()
    {
        _near.Dispose();
        _far.Dispose();
    }

    [Test]
    [CancelAfter(10_000)]
    public void Bytes_arrive_unchanged_in_both_directions()
    {
        byte[] all = new byte[256];
        for (int value = 0; value < all.Length; value++)
        {
            all[value] = (byte)value;
        }

        Assert.That(_near.Write(all, Soon()), Is.EqualTo(TransportStatus.Ok));
        Assert.That(ReadExactly(_far, all.Length), Is.EqualTo(all));
        Assert.That(_far.Write(all, Soon()), Is.EqualTo(TransportStatus.Ok));
        Assert.That(ReadExactly(_near, all.Length), Is.EqualTo(all));
    }

    [Test]
    [CancelAfter(10_000)]
    public void A_read_with_a_deadline_in_the_past_takes_nothing_and_returns_at_once()
    {
        TransportStatus status = _near.Read(new byte[8], 0, out int count);

        Assert.That(status, Is.EqualTo(TransportStatus.Timeout));
        Assert.That(count, Is.Zero);
        Assert.That(_near.IsOpen, Is.True);
    }

    [Test]
    [CancelAfter(10_000)]
    public void A_read_of_a_silent_line_waits_until_its_deadline()
    {
        long deadline = MonotonicClock.NowNanoseconds + 3_000_000;

        Assert.That(_near.Read(new byte[8], deadline, out _), Is.EqualTo(TransportStatus.Timeout));
        Assert.That(MonotonicClock.NowNanoseconds, Is.GreaterThanOrEqualTo(deadline));
    }

    [Test]
    [CancelAfter(10_000)]
    public void Discarded_bytes_are_not_read()
    {
        _far.Write([1, 2, 3], Soon());
        Assert.That(ReadExactly(_near, 1), Is.EqualTo(new byte[] { 1 }));
        _near.DiscardInput();
        _far.Write([9], Soon());

        Assert.That(ReadExactly(_near, 1), Is.EqualTo(new byte[] { 9 }));
    }

    [Test]
    [CancelAfter(10_000)]
    public void When_the_other_end_goes_reads_say_lost_and_stay_lost()
    {
        _far.Dispose();
        TransportStatus status = TransportStatus.Timeout;
        long deadline = Soon();
        while (status == TransportStatus.Timeout && MonotonicClock.NowNanoseconds < deadline)
        {
            status = _near.Read(new byte[8], deadline, out _);
        }

        Assert.That(status, Is.EqualTo(TransportStatus.Lost));
        Assert.That(_near.IsOpen, Is.False);
        Assert.That(_near.Read(new byte[8], Soon(), out _), Is.EqualTo(TransportStatus.Lost));
        Assert.That(_near.Write([1], Soon()), Is.EqualTo(TransportStatus.Lost));
    }

    [Test]
    [CancelAfter(10_000)]
    public void Dispose_returns_though_the_other_end_is_gone_and_nobody_has_read()
    {
        _near.Write([1, 2, 3], Soon());
        _far.Dispose();
        long before = MonotonicClock.NowNanoseconds;
        _near.Dispose();

        Assert.That(MonotonicClock.NowNanoseconds - before, Is.LessThan(1_000_000_000));
        Assert.That(_near.IsOpen, Is.False);
        Assert.That(_near.Read(new byte[8], Soon(), out _), Is.EqualTo(TransportStatus.Lost));
    }

    private static long Soon() => MonotonicClock.NowNanoseconds + PatienceNanoseconds;

    private static byte[] ReadExactly(IByteTransport transport, int count)
    {
        byte[] bytes = new byte[count];
        int done = 0;
        while (done < count)
        {
            TransportStatus status = transport.Read(bytes.AsSpan(done), Soon(), out int read);
            Assert.That(status, Is.EqualTo(TransportStatus.Ok), $"after {done} bytes");
            done += read;
        }

        return bytes;
    }
}
