using System.Net;
using System.Net.Sockets;
using HilRig.Bridge.Clocks;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Bridge.Tests.Clocks;

public sealed class PeerClockTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly PeerClockOptions Quick = new()
    {
        Period = TimeSpan.FromMilliseconds(10),
        ReconnectPeriod = TimeSpan.FromMilliseconds(10),
    };

    /// <summary>Both ends read one clock, so the truth is zero.</summary>
    [Test]
    [CancelAfter(60_000)]
    public void Over_real_udp_the_offset_is_zero_within_its_uncertainty(CancellationToken stop)
    {
        using UdpClockResponder responder = UdpClockResponder.Start();
        using PeerClock clock = PeerClock.Start(
            ClockAddress.Parse($"udp://127.0.0.1:{responder.Port}"), Quick);
        clock.AwaitFirst(Patience);
        Eventually.Holds(() => clock.Map.Estimate!.ProbeCount >= 60, stop);

        ClockEstimate estimate = clock.Map.Estimate!;
        long now = MonotonicClock.NowNanoseconds;

        Assert.That(
            Math.Abs(estimate.OffsetAt(now)), Is.LessThanOrEqualTo(estimate.UncertaintyAt(now)));
        Assert.That(
            Math.Abs(estimate.SkewPartsPerMillion),
            Is.LessThanOrEqualTo(estimate.SkewUncertaintyPartsPerMillion));
        TestContext.Out.WriteLine(
            $"offset {estimate.OffsetAt(now)} ± {estimate.UncertaintyAt(now)} ns, "
            + $"δ_min {estimate.MinimumRoundTripNanoseconds} ns");
    }

    [Test]
    [CancelAfter(60_000)]
    public void Over_a_stream_a_skewed_clock_is_followed(CancellationToken stop)
    {
        using var served = new StreamService(new SkewedClock(3_000_000_000, 100));
        using PeerClock clock = PeerClock.Start(
            () => new StreamClockExchange(served.Connect(), Patience), Quick);
        clock.AwaitFirst(Patience);
        Eventually.Holds(() => clock.Map.Estimate!.ProbeCount >= 60, stop);

        long now = MonotonicClock.NowNanoseconds;
        MappedInstant mapped = clock.Map.ToPeer(now);

        Assert.That(
            Math.Abs(mapped.Nanoseconds - SkewedClock.At(now, 3_000_000_000, 100)),
            Is.LessThanOrEqualTo(mapped.UncertaintyNanoseconds + 2));
        Assert.That(clock.LostCount, Is.Zero);
    }

    [Test]
    [CancelAfter(60_000)]
    public void A_broken_stream_is_connected_again(CancellationToken stop)
    {
        using var served = new StreamService(RigClock.Create());
        using PeerClock clock = PeerClock.Start(
            () => new StreamClockExchange(served.Connect(), Patience), Quick);
        clock.AwaitFirst(Patience);

        served.Break();
        long before = clock.Map.Estimate!.ProbeCount;

        Eventually.Holds(() => clock.Map.Estimate!.ProbeCount > before + 20, stop);
        Assert.That(clock.LostCount, Is.GreaterThan(0));
    }

    [Test]
    [CancelAfter(60_000)]
    public void A_stream_of_anything_else_ends_as_malformed(CancellationToken stop)
    {
        using var served = new StreamService(RigClock.Create());
        using Stream stream = served.Connect();
        stream.Write(new byte[ClockFrames.Bytes]);

        Eventually.Holds(() => served.LastEnd == ClockServiceEnd.Malformed, stop);
    }

    [Test]
    [CancelAfter(60_000)]
    public void Datagrams_that_are_no_question_are_counted_and_not_answered(CancellationToken stop)
    {
        using UdpClockResponder responder = UdpClockResponder.Start();
        using var socket = new UdpClient("127.0.0.1", responder.Port);
        socket.Send(new byte[ClockMessage.Bytes]);
        socket.Send(new byte[1400]);
        socket.Send([]);

        Eventually.Holds(() => responder.RefusedCount == 3, stop);
        Assert.That(responder.AnswerCount, Is.Zero);
        Assert.That(socket.Available, Is.Zero);
    }

    /// <summary>Loopback only, whatever port was asked for.</summary>
    [Test]
    public void The_responder_is_not_reachable_from_outside()
    {
        using UdpClockResponder responder = UdpClockResponder.Start();

        Assert.That(
            System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties()
                .GetActiveUdpListeners().Where(end => end.Port == responder.Port),
            Is.EqualTo(new[] { new IPEndPoint(IPAddress.Loopback, responder.Port) }));
    }

    [Test]
    [CancelAfter(60_000)]
    public void A_peer_that_never_answers_is_said_to(CancellationToken stop)
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)silent.Client.LocalEndPoint!).Port;
        using PeerClock clock = PeerClock.Start(
            () => new UdpClockExchange(
                new IPEndPoint(IPAddress.Loopback, port), TimeSpan.FromMilliseconds(5)),
            Quick);

        Assert.That(
            () => clock.AwaitFirst(TimeSpan.FromMilliseconds(100)),
            Throws.TypeOf<ProtocolException>().With.Message.Contains("does not answer"));
        Eventually.Holds(() => clock.SilentCount > 0, stop);
        Assert.That(clock.Map.StatusAt(0), Is.EqualTo(ClockMapStatus.Unknown));
    }

    [TestCase("udp://127.0.0.1")]
    [TestCase("http://127.0.0.1:1")]
    [TestCase("nonsense")]
    public void An_address_of_another_kind_is_refused(string address) =>
        Assert.That(() => ClockAddress.Parse(address), Throws.TypeOf<ScenarioException>());
}
