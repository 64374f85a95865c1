using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using HilRig.Bridge.Host;
using HilRig.Bridge.Security.Gate;
using HilRig.Bridge.Security.Tunnel;
using HilRig.Bridge.Security.Zmtp;
using HilRig.Bridge.Wire;

namespace HilRig.Bridge.Tests.Security.Gate;

/// <summary>
/// Nearly honest bytes by the thousand: alone against the reader, and inside TLS against a gate
/// through which an honest peer drives. Failures name their seed.
/// </summary>
public sealed class GateFuzzTests
{
    private const int ConnectionsPerTurn = 50;

    [Test]
    public void The_reader_ends_every_input_with_a_reason()
    {
        var seen = new HashSet<GateReason>();
        for (int seed = 0; seed < 20_000; seed++)
        {
            var reader = new ZmtpReader(
                new MemoryStream(new ZmtpMutator(seed).Next()), SocketPolicy.MessageBytesMax);
            GateReason reason = reader.ReadHandshake("DEALER");
            for (int frames = 0; reason == GateReason.None; frames++)
            {
                Assert.That(frames, Is.LessThan(10_000), $"seed {seed}");
                reason = reader.ReadFrame();
            }

            seen.Add(reason);
        }

        Assert.That(
            seen,
            Is.SupersetOf(new[]
            {
                GateReason.PeerLeft, GateReason.OldGreeting, GateReason.Mechanism,
                GateReason.SocketType, GateReason.MalformedCommand, GateReason.MalformedFrame,
                GateReason.OversizedFrame, GateReason.MultiPart,
            }),
            "the inputs reach every branch");
    }

    [Test]
    [CancelAfter(240_000)]
    public void The_gate_outlives_what_is_nearly_right(CancellationToken cancel)
    {
        using var fuzz = new Fuzz();
        for (int turn = 0; turn < 5; turn++)
        {
            fuzz.Run(turn, cancel);
        }
    }

    [Test]
    [Explicit("bench/fuzz-gate MINUTES [SEED]")]
    [Category("Nightly")]
    public void The_gate_outlives_it_for_as_long_as_asked()
    {
        double minutes = Number("HILRIG_FUZZ_MINUTES", 1);
        int first = (int)Number("HILRIG_FUZZ_SEED", 1_000_000);
        var watch = Stopwatch.StartNew();
        using var fuzz = new Fuzz();
        int turn = 0;
        for (; watch.Elapsed.TotalMinutes < minutes; turn++)
        {
            fuzz.Run(first + turn, CancellationToken.None);
        }

        fuzz.Report(turn);
    }

    private static double Number(string name, double otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } text
            ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private sealed class Fuzz : IDisposable
    {
        private readonly GuardedRig _rig = new(
            options => options with
            {
                AcceptsPerSecondMax = 100_000,
                PendingPerAddressMax = 100,
                PendingMax = 100,
                ConnectionsPerKeyMax = 100,
                ConnectionsMax = 120,
                HandshakeTimeout = TimeSpan.FromMilliseconds(500),
                IdleTimeout = Rigs.Patience,
            });
        private readonly SecureTunnel _tunnel;
        private readonly RemotePlant _plant;
        private readonly Drive _drive;

        public Fuzz()
        {
            _tunnel = _rig.Tunnel(_rig.Commander);
            _plant = RemotePlant.Connect(Rigs.Host(_tunnel.Endpoint));
            _drive = new Drive(_plant);
        }

        public void Run(int turn, CancellationToken cancel)
        {
            for (int i = 0; i < ConnectionsPerTurn; i++)
            {
                Attack((turn * ConnectionsPerTurn) + i);
            }

            Eventually.Holds(() => _rig.Gate.Counters.Pending == 0, cancel);
            Assert.That(_drive.Exchange(turn % 2, cancel).Position[0], Is.EqualTo(turn % 2));
            Assert.That(
                _rig.Count(GateReason.Unforeseen),
                Is.Zero,
                $"seeds from {turn * ConnectionsPerTurn}: {string.Join('\n', _rig.Lines)}");
        }

        public void Report(int turns)
        {
            using var self = Process.GetCurrentProcess();
            long heap = GC.GetTotalMemory(true) / 1024;
            TestContext.Out.WriteLine(
                $"{turns * ConnectionsPerTurn} peers, {heap} KiB, {self.Threads.Count} threads");
            foreach ((GateReason reason, long count) in _rig.Gate.Counters.Reasons)
            {
                TestContext.Out.WriteLine($"  {reason} {count}");
            }
        }

        public void Dispose()
        {
            _plant.Dispose();
            _tunnel.Dispose();
            _rig.Dispose();
        }

        private void Attack(int seed)
        {
            byte[] bytes = new ZmtpMutator(seed).Next();
            try
            {
                using var peer = new TlsPeer(
                    _rig.Port,
                    _rig.Admin,
                    seed % 4 == 0 ? TlsPolicy.States : TlsPolicy.Control);
                int cut = bytes.Length * (seed % 10) / 10;
                peer.Stream.Write(bytes.AsSpan(0, cut));
                peer.Stream.Write(bytes.AsSpan(cut));
                peer.Finish();
            }
            catch (Exception error) when (error is IOException or SocketException)
            {
                // Closed before it was done, or TLS was too slow.
            }
        }
    }
}
