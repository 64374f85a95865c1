using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Devices.Power;
using HilRig.Devices.Transports.Posix;

namespace HilRig.Devices.Tests.Power;

public sealed class SerialRelayTests
{
    [TestCase(1, true, "A00101A2")]
    [TestCase(1, false, "A00100A1")]
    [TestCase(2, true, "A00201A3")]
    [TestCase(4, false, "A00400A4")]
    public void An_order_has_these_bytes(int channel, bool isOn, string expected)
    {
        byte[] order = new byte[4];
        SerialRelay.Encode(order, (byte)channel, isOn);

        Assert.That(Convert.ToHexString(order), Is.EqualTo(expected));
    }

    /// <summary>A board on a pseudo-terminal, opened as the rig file says.</summary>
    [Test]
    [CancelAfter(10_000)]
    public void A_board_gets_its_orders_three_times()
    {
        using PseudoTerminal board = Board();
        using IPowerSwitch relay = Open(board);

        Assert.That(relay.Set(true), Is.EqualTo(PowerSwitchStatus.Unconfirmed));
        Assert.That(Take(board, 12), Is.EqualTo("A00101A2A00101A2A00101A2"));
        Assert.That(relay.Set(false), Is.EqualTo(PowerSwitchStatus.Unconfirmed));
        Assert.That(Take(board, 12), Is.EqualTo("A00100A1A00100A1A00100A1"));
        Assert.That(board.ObservedBaud, Is.EqualTo(9600));
    }

    [Test]
    [CancelAfter(10_000)]
    public void A_board_that_was_unplugged_has_failed()
    {
        PseudoTerminal board = Board();
        using IPowerSwitch relay = Open(board);
        board.Dispose();

        Assert.That(relay.Set(false), Is.EqualTo(PowerSwitchStatus.Failed));
    }

    private static PseudoTerminal Board()
    {
        if (!OperatingSystem.IsLinux())
        {
            Requirement.Unmet("pty", "pseudo-terminals need Linux");
        }

        return PseudoTerminal.Open(SerialRelay.Baud);
    }

    private static IPowerSwitch Open(PseudoTerminal board) => PowerSwitches.Open(
        new PowerDescription(PowerSwitchKind.SerialRelay, board.SlavePath, 1, IsActiveLow: false));

    private static string Take(PseudoTerminal board, int count)
    {
        byte[] bytes = new byte[count];
        int filled = 0;
        while (filled < count)
        {
            board.Read(
                bytes.AsSpan(filled), MonotonicClock.NowNanoseconds + 1_000_000_000, out int some);
            Assert.That(some, Is.GreaterThan(0), "the board got nothing more");
            filled += some;
        }

        return Convert.ToHexString(bytes);
    }
}
