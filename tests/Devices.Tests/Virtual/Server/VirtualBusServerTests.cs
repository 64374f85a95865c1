using HilRig.Core.RealTime;
using System.Net.Sockets;
using System.Text.Json;
using HilRig.Core.Errors;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Tests.Virtual.Wire;
using HilRig.Devices.Transports;
using HilRig.Devices.Virtual;
using HilRig.Devices.Virtual.Faults;
using HilRig.Devices.Virtual.Logs;
using HilRig.Devices.Virtual.Server;

namespace HilRig.Devices.Tests.Virtual.Server;

/// <summary>The server with a real port between: bytes, hosts that come and go, logs.</summary>
[CancelAfter(30_000)]
public sealed class VirtualBusServerTests
{
    private const long SecondNanoseconds = 1_000_000_000;
    private static readonly byte[] Ids = [1, 2, 3, 4, 5, 6];

    [TestCase(VirtualBusPort.PseudoTerminal)]
    [TestCase(VirtualBusPort.Tcp)]
    public void Six_servos_answer_a_sync_read_in_order(VirtualBusPort kind)
    {
        using var server = Start(kind);
        using var host = TransportFactory.Open(server.PortName, 1_000_000);
        var frames = Ask(host, BusBench.SyncRead(Ids, Sts3215.PresentPosition, 15), 6);
        Assert.That(frames.Select(frame => frame.Id), Is.EqualTo(Ids));
    }

    [TestCase(VirtualBusPort.PseudoTerminal)]
    [TestCase(VirtualBusPort.Tcp)]
    public void A_host_that_dies_in_the_middle_of_a_packet_makes_room_for_the_next(
        VirtualBusPort kind)
    {
        using var server = Start(kind);
        for (var i = 0; i < 3; i++)
        {
            using var host = TransportFactory.Open(server.PortName, 1_000_000);

            // The line gives half a packet up after 5 ms of silence; until then it swallows pings.
            var answers = 0;
            for (var attempt = 0; attempt < 20 && answers == 0; attempt++)
            {
                answers = Ask(host, BusBench.Ping(3), 1, 50_000_000).Count;
            }

            Assert.That(answers, Is.EqualTo(1), $"host {i}");
            host.Write(BusBench.SyncWrite(Ids, Sts3215.GoalTime, 6).AsSpan(0, 17), Deadline());
        }
    }

    [Test]
    public void A_pseudo_terminal_is_silent_at_the_wrong_baud()
    {
        Posix();
        using var server = Start(VirtualBusPort.PseudoTerminal);
        using (var wrong = TransportFactory.Open(server.PortName, 500_000))
        {
            wrong.Write(BusBench.Ping(1), Deadline());
            Span<byte> bytes = stackalloc byte[16];
            var deadline = MonotonicClock.NowNanoseconds + 50_000_000;
            Assert.That(wrong.Read(bytes, deadline, out _), Is.EqualTo(TransportStatus.Timeout));
        }

        using var right = TransportFactory.Open(server.PortName, 1_000_000);
        Assert.That(Ask(right, BusBench.Ping(1), 1), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_paced_reply_never_comes_before_the_line_could_bring_it()
    {
        using var server = Start(VirtualBusPort.Tcp, returnDelay: 0);
        using var host = TransportFactory.Open(server.PortName, 1_000_000);
        var request = BusBench.SyncRead(Ids, Sts3215.PresentPosition, 15);
        var least = (request.Length + (6 * 21)) * 10_000L;
        for (var i = 0; i < 20; i++)
        {
            var start = MonotonicClock.NowNanoseconds;
            Ask(host, request, 6);
            Assert.That(MonotonicClock.NowNanoseconds - start, Is.GreaterThanOrEqualTo(least));
        }
    }

    [Test]
    public void The_arm_keeps_time_while_nobody_talks()
    {
        using var server = Start(VirtualBusPort.Tcp);
        using var host = TransportFactory.Open(server.PortName, 1_000_000);
        Ask(host, BusBench.Write(1, Sts3215.TorqueEnable, 1), 1);
        WaitFor(server, host, VirtualArmEventKind.TorqueOn);
        var from = MonotonicClock.NowNanoseconds;
        Ask(host, BusBench.Write(1, Sts3215.TorqueEnable, 0), 1);
        var off = WaitFor(server, host, VirtualArmEventKind.TorqueOff);
        var at = server.OriginNanoseconds + off.ArmNanoseconds;

        // What happens within a step of the arm bears the step's beginning.
        var earliest = from - VirtualArm.StepNanoseconds;
        Assert.That(at, Is.InRange(earliest, MonotonicClock.NowNanoseconds));
    }

    [Test]
    public void An_injected_dropout_silences_a_servo_of_a_running_bus()
    {
        using var server = Start(VirtualBusPort.Tcp);
        using var host = TransportFactory.Open(server.PortName, 1_000_000);
        var request = BusBench.SyncRead(Ids, Sts3215.PresentPosition, 2);
        Assert.That(Ask(host, request, 6), Has.Count.EqualTo(6));
        server.Inject(FaultText.Parse("off id=4"));
        var rest = Ask(host, request, 5);
        Assert.That(rest.Select(frame => frame.Id), Is.EqualTo(new byte[] { 1, 2, 3, 5, 6 }));
    }

    [Test]
    public void The_log_of_a_served_run_replays_to_the_same_bits_and_events_are_json_lines()
    {
        var log = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var events = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            ulong hash;
            var arm = VirtualArmTests.Arm(5).Arm;
            using (var server = VirtualBusServer.Start(
                new VirtualBusOptions
                {
                    Port = VirtualBusPort.Tcp,
                    ArmLogPath = log,
                    EventLogPath = events,
                },
                arm))
            {
                using var host = TransportFactory.Open(server.PortName, 1_000_000);
                Ask(host, BusBench.Write(2, Sts3215.TorqueEnable, 1), 1);
                for (var i = 0; i < 20; i++)
                {
                    Ask(host, BusBench.Write(2, Sts3215.GoalPosition, 2048 + (20 * i)), 1);
                }

                server.Stop();
                hash = arm.StateHash();
            }

            var replay = VirtualArmReplay.Run(log, VirtualArmTests.Arm(5).Arm);
            var kinds = File.ReadLines(events).Select(
                line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString());
            Assert.Multiple(() =>
            {
                Assert.That(replay.IsIdentical, Is.True);
                Assert.That(replay.StateHash, Is.EqualTo(hash));
                Assert.That(kinds, Does.Contain("TorqueOn"));
            });
        }
        finally
        {
            File.Delete(log);
            File.Delete(events);
        }
    }

    [Test]
    public void A_taken_tcp_port_is_said_to_be_taken()
    {
        using var other = new TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var taken = ((System.Net.IPEndPoint)other.LocalEndpoint).Port;
        var error = Assert.Throws<DeviceException>(() => VirtualBusServer.Start(
            new VirtualBusOptions { Port = VirtualBusPort.Tcp, TcpPort = taken },
            VirtualArmTests.Arm(1).Arm));
        Assert.That(error!.Where, Does.Contain($"{taken}"));
    }

    [Test]
    public void Waiting_ends_when_cancelled_and_when_stopped()
    {
        using var server = Start(VirtualBusPort.Tcp);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.That(server.Wait(cancelled.Token), Is.True);
        server.Stop();
        Assert.That(server.Wait(CancellationToken.None), Is.False);
    }

    private static VirtualBusServer Start(
        VirtualBusPort kind, int returnDelay = 0)
    {
        if (kind == VirtualBusPort.PseudoTerminal)
        {
            Posix();
        }

        var options = VirtualArmTests.Arm(1).Arm.Options;
        var registers = new Dictionary<string, int> { ["return_delay"] = returnDelay };
        var arm = new VirtualArm(
            options with
            {
                Servos = [.. options.Servos.Select(servo => servo with { Registers = registers })],
            },
            new PendulumLoad([.. Enumerable.Repeat(PendulumParameters.Wheel, 6)]));
        return VirtualBusServer.Start(new VirtualBusOptions { Port = kind }, arm);
    }

    private static void Posix()
    {
        if (OperatingSystem.IsLinux())
        {
            return;
        }

        Requirement.Unmet("pty", "pseudo-terminals need Linux");
    }

    private static long Deadline() => MonotonicClock.NowNanoseconds + SecondNanoseconds;

    // The firmware sees a register at its next tick, so an event comes up to 1 ms later.
    private static VirtualArmEvent WaitFor(
        VirtualBusServer server, IByteTransport host, VirtualArmEventKind kind)
    {
        var deadline = MonotonicClock.NowNanoseconds + (10 * SecondNanoseconds);
        while (MonotonicClock.NowNanoseconds < deadline)
        {
            foreach (var happened in server.Events.ReadFrom(0))
            {
                if (happened.Kind == kind)
                {
                    return happened;
                }
            }

            Ask(host, BusBench.Ping(1), 1);
        }

        throw new TimeoutException($"no {kind} within 10 s");
    }

    private static List<(byte Id, byte[] Parameters)> Ask(
        IByteTransport host, byte[] request, int expected, long waitNanoseconds = SecondNanoseconds)
    {
        Assert.That(host.Write(request, Deadline()), Is.EqualTo(TransportStatus.Ok));
        var parser = new FeetechParser();
        var frames = new List<(byte, byte[])>();
        var bytes = new byte[256];
        var deadline = MonotonicClock.NowNanoseconds + waitNanoseconds;
        while (frames.Count < expected
            && host.Read(bytes, deadline, out var count) == TransportStatus.Ok)
        {
            parser.Feed(bytes.AsSpan(0, count));
            while (parser.TryNext(out var frame))
            {
                frames.Add((frame.Id, frame.Parameters.ToArray()));
            }
        }

        return frames;
    }
}
