using HilRig.Core.RealTime;
using HilRig.Core.Errors;
using HilRig.Devices.Transports;
using HilRig.Devices.Transports.Posix;

namespace HilRig.Devices.Tests.Transports;

/// <summary>What only the POSIX transport and the pseudo-terminal promise.</summary>
[Platform("Linux")]
public sealed class PosixSerialTransportTests
{
    private static readonly int[] CustomBauds = [1_000_000, 128_000, 76_800, 250_000];

    [Test]
    public void The_pseudo_terminal_sees_the_baud_the_driver_sets()
    {
        using var terminal = PseudoTerminal.Open(baud: 9_600);
        var seen = new List<int> { terminal.ObservedBaud };
        foreach (int baud in CustomBauds)
        {
            using IByteTransport transport = TransportFactory.Open(terminal.SlavePath, baud);
            seen.Add(terminal.ObservedBaud);
        }

        Assert.That(seen, Is.EqualTo((int[])[9_600, .. CustomBauds]));
    }

    [Test]
    public void A_second_open_of_the_same_port_names_the_process_that_has_it()
    {
        using var terminal = PseudoTerminal.Open();
        using var first = PosixSerialTransport.Open(terminal.SlavePath, 1_000_000);

        DeviceException error = Assert.Throws<DeviceException>(
            () => PosixSerialTransport.Open(terminal.SlavePath, 1_000_000));
        Assert.That(error.Where, Is.EqualTo(terminal.SlavePath));
        Assert.That(error.Found, Does.Contain($"process {Environment.ProcessId} "));
    }

    [Test]
    public void A_port_can_be_opened_again_after_dispose()
    {
        using var terminal = PseudoTerminal.Open();
        PosixSerialTransport.Open(terminal.SlavePath, 1_000_000).Dispose();
        using var second = PosixSerialTransport.Open(terminal.SlavePath, 1_000_000);

        Assert.That(second.IsOpen, Is.True);
    }

    [Test]
    public void An_absent_port_says_which_ports_there_are()
    {
        DeviceException error = Assert.Throws<DeviceException>(
            () => TransportFactory.Open("/dev/ttyNoSuchPort", 1_000_000));
        Assert.Multiple(() =>
        {
            Assert.That(error.What, Does.Contain("does not exist"));
            Assert.That(error.Where, Is.EqualTo("/dev/ttyNoSuchPort"));
            Assert.That(error.Found, Is.EqualTo(SerialPortList.Describe()));
            Assert.That(error.Remedy, Does.Contain("rig file"));
        });
    }

    [Test]
    public void A_file_is_not_a_serial_port()
    {
        DeviceException error = Assert.Throws<DeviceException>(
            () => PosixSerialTransport.Open("/dev/null", 1_000_000));
        Assert.That(error.What, Is.EqualTo("this is not a serial port"));
    }

    [TestCase(13, "dialout")]
    [TestCase(16, "one process owns a bus")]
    [TestCase(19, "plug the adapter in")]
    public void Each_error_number_says_what_to_try(int error, string remedy) => Assert.That(
        PortErrors.CannotOpen("/dev/ttyNoSuchPort", error).Remedy, Does.Contain(remedy));

    [Test]
    [CancelAfter(10_000)]
    public void A_write_into_a_full_line_times_out_at_its_deadline()
    {
        using var terminal = PseudoTerminal.Open();
        using var transport = PosixSerialTransport.Open(terminal.SlavePath, 1_000_000);
        long deadline = MonotonicClock.NowNanoseconds + 5_000_000;

        Assert.That(
            transport.Write(new byte[1 << 20], deadline), Is.EqualTo(TransportStatus.Timeout));
        Assert.That(MonotonicClock.NowNanoseconds, Is.GreaterThanOrEqualTo(deadline));
    }

    [Test]
    [CancelAfter(10_000)]
    public void Writing_and_reading_allocate_nothing()
    {
        using var terminal = PseudoTerminal.Open();
        using var transport = PosixSerialTransport.Open(terminal.SlavePath, 1_000_000);
        byte[] bytes = new byte[32];
        int done = Exchange(terminal, transport, bytes, 50);
        long before = GC.GetAllocatedBytesForCurrentThread();
        done += Exchange(terminal, transport, bytes, 500);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(done, Is.EqualTo(550 * 64));
        Assert.That(allocated, Is.Zero);
    }

    private static int Exchange(
        PseudoTerminal terminal, PosixSerialTransport transport, byte[] bytes, int count)
    {
        int done = 0;
        for (int round = 0; round < count; round++)
        {
            long deadline = MonotonicClock.NowNanoseconds + 1_000_000_000;
            transport.Write(bytes, deadline);
            terminal.Read(bytes, deadline, out int forth);
            terminal.Write(bytes, deadline);
            transport.Read(bytes, deadline, out int back);
            done += forth + back;
        }

        return done;
    }
}
