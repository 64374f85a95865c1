using System.Net.Sockets;
using HilRig.Bridge.Host;
using HilRig.Bridge.Security.Gate;
using HilRig.Bridge.Security.Tunnel;
using HilRig.Bridge.Security.Zmtp;

namespace HilRig.Bridge.Tests.Security.Gate;

/// <summary>
/// Attacks on one gate while an honest peer drives through it: each closes its own connection, is
/// counted for what it is, and is felt by nobody else. NetMQ alone dies of some of them.
/// </summary>
[CancelAfter(240_000)]
public sealed class GateMalformedTests
{
    private GuardedRig _rig = null!;
    private SecureTunnel _tunnel = null!;
    private RemotePlant _plant = null!;
    private Drive _drive = null!;

    [OneTimeSetUp]
    public void Open()
    {
        // Rates are tested elsewhere; here every attack must get as far as it can.
        _rig = new GuardedRig(
            options => options with
            {
                AcceptsPerSecondMax = 100_000,
                HandshakeTimeout = TimeSpan.FromMilliseconds(500),
            });
        _tunnel = _rig.Tunnel(_rig.Commander);
        _plant = RemotePlant.Connect(Rigs.Host(_tunnel.Endpoint));
        _drive = new Drive(_plant);
    }

    [OneTimeTearDown]
    public void Close()
    {
        _plant.Dispose();
        _tunnel.Dispose();
        _rig.Dispose();
    }

    [TearDown]
    public void The_honest_peer_still_drives()
    {
        using var cancel = new CancellationTokenSource(Rigs.Patience);
        for (int i = 1; i <= 5; i++)
        {
            double goal = i / 5.0;
            Assert.That(_drive.Exchange(goal, cancel.Token).Position[0], Is.EqualTo(goal));
        }

        Assert.That(_rig.Count(GateReason.Unforeseen), Is.Zero, string.Join('\n', _rig.Lines));
    }

    [TestCaseSource(typeof(ZmtpAttacks), nameof(ZmtpAttacks.BeforeHandshake))]
    public void A_bad_hand_shake_closes_its_peer(
        byte[] bytes, GateReason reason, CancellationToken cancel)
    {
        long before = _rig.Count(reason);
        long forwarded = _rig.Gate.Counters.FramesForwarded;
        using var peer = new TlsPeer(_rig.Port, _rig.Admin, TlsPolicy.Control);
        peer.Stream.Write(bytes);
        peer.AwaitEnd();
        _rig.AwaitCount(reason, before + 1, cancel);
        Assert.That(_rig.Gate.Counters.FramesForwarded - forwarded, Is.LessThan(1000));
    }

    [TestCaseSource(typeof(ZmtpAttacks), nameof(ZmtpAttacks.AfterHandshake))]
    public void A_bad_frame_closes_its_peer(
        byte[] bytes, GateReason reason, CancellationToken cancel)
    {
        long before = _rig.Count(reason);
        using TlsPeer peer = TlsPeer.Joined(_rig, _rig.Admin);
        peer.Stream.Write(bytes);
        peer.AwaitEnd();
        _rig.AwaitCount(reason, before + 1, cancel);
    }

    [Test]
    public void A_peer_that_is_silent_inside_TLS_is_closed(CancellationToken cancel)
    {
        long before = _rig.Count(GateReason.HandshakeTimeout);
        using var peer = new TlsPeer(_rig.Port, _rig.Admin, TlsPolicy.Control);
        peer.AwaitEnd();
        _rig.AwaitCount(GateReason.HandshakeTimeout, before + 1, cancel);
    }

    [Test]
    public void A_peer_that_drips_its_greeting_is_closed(CancellationToken cancel)
    {
        long before = _rig.Count(GateReason.HandshakeTimeout);
        using var peer = new TlsPeer(_rig.Port, _rig.Admin, TlsPolicy.Control);
        try
        {
            foreach (byte drop in ZmtpGreeting.Ours())
            {
                peer.Stream.WriteByte(drop);
                cancel.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(100));
            }
        }
        catch (IOException)
        {
            // Closed, as it must be.
        }

        _rig.AwaitCount(GateReason.HandshakeTimeout, before + 1, cancel);
    }

    [Test]
    public void Subscribing_without_end_or_to_nonsense_closes_the_subscriber(
        CancellationToken cancel)
    {
        long before = _rig.Count(GateReason.MalformedMessage);
        using (TlsPeer greedy = TlsPeer.Joined(_rig, _rig.Observer, "SUB"))
        {
            greedy.Stream.Write([.. Enumerable.Repeat<byte[]>([0, 2, 1, 9], 100)
                .SelectMany(frame => frame)]);
            greedy.AwaitEnd();
        }

        using (TlsPeer odd = TlsPeer.Joined(_rig, _rig.Observer, "SUB"))
        {
            odd.Stream.Write([0, 1, 7]);
            odd.AwaitEnd();
        }

        _rig.AwaitCount(GateReason.MalformedMessage, before + 2, cancel);
    }

    [Test]
    public void Random_bytes_before_TLS_close_their_connections(CancellationToken cancel)
    {
        var random = new Random(31);
        for (int i = 0; i < 200; i++)
        {
            using Socket peer = TlsPeer.Dial(_rig.Port);
            byte[] junk = new byte[random.Next(1, 600)];
            random.NextBytes(junk);
            if (i % 2 == 0)
            {
                // The head of a TLS record with a ClientHello, then junk.
                byte[] head = [0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3];
                head.AsSpan(0, Math.Min(head.Length, junk.Length)).CopyTo(junk);
            }

            TrySend(peer, junk);
        }

        Eventually.Holds(() => _rig.Gate.Counters.Pending == 0, cancel);
    }

    [Test]
    public void Two_thousand_resets_in_the_middle_leave_nothing_behind(CancellationToken cancel)
    {
        for (int i = 0; i < 2000; i++)
        {
            using Socket peer = TlsPeer.Dial(_rig.Port);
            peer.LingerState = new LingerOption(true, 0);
            if (i % 2 == 0)
            {
                TrySend(peer, [0x16, 3, 1, 0, 200, 1]);
            }
        }

        Eventually.Holds(() => _rig.Gate.Counters.Pending == 0, cancel);
    }

    private static void TrySend(Socket peer, byte[] bytes)
    {
        try
        {
            peer.Send(bytes);
        }
        catch (SocketException)
        {
            // The gate was quicker.
        }
    }
}
