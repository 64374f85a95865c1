using HilRig.Core.Time;

namespace HilRig.Core.Tests.Time;

public sealed class ClockMapTests
{
    private static readonly ClockEstimate Estimate = new()
    {
        ReferenceNanoseconds = 5_000_000_000,
        OffsetNanoseconds = 1_000_000_000_000,
        UncertaintyNanoseconds = 20_000,
        SkewPartsPerMillion = 100,
        SkewUncertaintyPartsPerMillion = 1,
        MinimumRoundTripNanoseconds = 40_000,
        ProbeCount = 1,
        RestartCount = 0,
    };

    [Test]
    public void Nothing_is_converted_before_the_first_estimate()
    {
        var map = new ClockMap();

        Assert.That(map.StatusAt(0), Is.EqualTo(ClockMapStatus.Unknown));
        Assert.That(map.ToPeer(1).UncertaintyNanoseconds, Is.EqualTo(long.MaxValue));
        Assert.That(map.ToLocal(1).UncertaintyNanoseconds, Is.EqualTo(long.MaxValue));
        Assert.That(map.AgeAt(7), Is.Null);
    }

    [Test]
    public void One_clock_is_converted_to_itself_exactly()
    {
        Assert.That(ClockMap.SameClock.ToPeer(42), Is.EqualTo(new MappedInstant(42, 0)));
        Assert.That(ClockMap.SameClock.ToLocal(42), Is.EqualTo(new MappedInstant(42, 0)));
        Assert.That(ClockMap.SameClock.StatusAt(1), Is.EqualTo(ClockMapStatus.Known));
        Assert.That(() => ClockMap.SameClock.Publish(Estimate), Throws.InvalidOperationException);
    }

    [Test]
    public void There_and_back_is_where_it_was()
    {
        var map = new ClockMap();
        map.Publish(Estimate);
        foreach (long local in (long[])[0, 5_000_000_000, 6_000_000_123, 900_000_000_000])
        {
            MappedInstant peer = map.ToPeer(local);

            Assert.That(map.ToLocal(peer.Nanoseconds).Nanoseconds, Is.EqualTo(local).Within(2));
        }

        Assert.That(map.ToPeer(6_000_000_000).Nanoseconds, Is.EqualTo(1_006_000_100_000));
        Assert.That(map.ToPeer(6_000_000_000).UncertaintyNanoseconds, Is.EqualTo(21_000));
    }

    [Test]
    public void An_old_estimate_is_stale()
    {
        var map = new ClockMap(ageMaxNanoseconds: 1_000);
        map.Publish(Estimate);

        Assert.That(map.StatusAt(5_000_001_000), Is.EqualTo(ClockMapStatus.Known));
        Assert.That(map.StatusAt(5_000_001_001), Is.EqualTo(ClockMapStatus.Stale));
    }

    [TestCase(20_000, null, TestName = "A_one_way_figure_at_its_uncertainty_is_given")]
    [TestCase(19_999, "below", TestName = "A_one_way_figure_below_its_uncertainty_is_refused")]
    [TestCase(-15_000, "below", TestName = "A_slightly_negative_figure_is_refused_the_same_way")]
    [TestCase(-25_000, "negative", TestName = "A_clearly_negative_figure_says_the_clock_is_wrong")]
    public void One_way(long latency, string? refusal)
    {
        var map = new ClockMap();
        map.Publish(Estimate);
        long sent = Estimate.ReferenceNanoseconds;

        OneWayLatency there = OneWayLatency.ToPeer(
            map, sent, sent + Estimate.OffsetNanoseconds + latency);
        OneWayLatency back = OneWayLatency.FromPeer(
            map, sent + Estimate.OffsetNanoseconds, sent + latency);

        foreach (OneWayLatency figure in (OneWayLatency[])[there, back])
        {
            Assert.That(figure.UncertaintyNanoseconds, Is.EqualTo(20_000));
            Assert.That(figure.Nanoseconds, Is.EqualTo(refusal is null ? latency : null));
            Assert.That(figure.Refusal, refusal is null ? Is.Null : Does.Contain(refusal));
        }
    }

    [Test]
    public void A_one_way_figure_of_an_unknown_clock_is_refused() =>
        Assert.That(OneWayLatency.ToPeer(new ClockMap(), 0, 5).Refusal, Does.Contain("not known"));
}
