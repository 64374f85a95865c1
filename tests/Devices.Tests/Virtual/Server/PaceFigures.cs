using HilRig.Core.RealTime;
using HilRig.Devices.Registers;
using HilRig.Devices.Tests.Virtual.Wire;
using HilRig.Devices.Transports;
using HilRig.Devices.Virtual.Server;

namespace HilRig.Devices.Tests.Virtual.Server;

/// <summary>
/// How closely the server keeps the line's schedule on this machine. By hand only.
/// </summary>
[Explicit("measures; run it on a quiet machine")]
public sealed class PaceFigures
{
    private const int Cycles = 2000;

    [TestCase(VirtualBusPort.PseudoTerminal, true, 0)]
    [TestCase(VirtualBusPort.PseudoTerminal, true, 60)]
    [TestCase(VirtualBusPort.PseudoTerminal, false, 60)]
    [TestCase(VirtualBusPort.Tcp, true, 60)]
    public void Round_trip_of_a_six_servo_read(VirtualBusPort kind, bool paced, int fifoPriority)
    {
        using var kit = RealTimeKit.Enter(new RealTimeOptions
        {
            FifoPriority = fifoPriority,
            MemoryLocking = MemoryLocking.None,
        });
        byte[] ids = [1, 2, 3, 4, 5, 6];
        var arm = VirtualArmTests.Arm(1).Arm;
        using var server = VirtualBusServer.Start(
            new VirtualBusOptions { Port = kind, IsPaced = paced, FifoPriority = fifoPriority },
            arm);
        using var host = TransportFactory.Open(server.PortName, 1_000_000);
        foreach (var id in ids)
        {
            Exchange(host, BusBench.Write(id, Sts3215.ReturnDelay, 0), 6);
        }

        var request = BusBench.SyncRead(ids, Sts3215.PresentPosition, 15);
        var line = paced ? (request.Length + (6 * 21)) * 10.0 : 0;
        var late = new double[Cycles];
        for (var i = 0; i < Cycles; i++)
        {
            late[i] = (Exchange(host, request, 6 * 21) * 1e-3) - line;
        }

        Array.Sort(late);
        TestContext.Out.WriteLine(
            $"{kind} paced={paced} fifo={fifoPriority}: beyond the line's {line:F0} µs "
            + $"p50 {late[Cycles / 2]:F0} µs, p99 {late[Cycles * 99 / 100]:F0} µs, "
            + $"max {late[^1]:F0} µs");
        Assert.That(late[0], Is.GreaterThanOrEqualTo(0));
    }

    private static long Exchange(IByteTransport host, byte[] request, int replyBytes)
    {
        var bytes = new byte[256];
        var start = MonotonicClock.NowNanoseconds;
        host.Write(request, start + 1_000_000_000);
        for (var got = 0; got < replyBytes;)
        {
            Assert.That(
                host.Read(bytes, start + 1_000_000_000, out var count),
                Is.EqualTo(TransportStatus.Ok));
            got += count;
        }

        return MonotonicClock.NowNanoseconds - start;
    }
}
