using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HilRig.Core.Errors;
using HilRig.Devices.Power;
using HilRig.Devices.Power.Gpio;

namespace HilRig.Devices.Tests.Power;

public sealed class GpioTests
{
    /// <summary>
    /// Sizes and offsets of linux/gpio.h, as a C compiler gives them on 64-bit Linux.
    /// </summary>
    [Test]
    public void Structures_are_those_of_the_kernel()
    {
        Assert.That(Unsafe.SizeOf<GpioCalls.LineConfiguration>(), Is.EqualTo(272));
        Assert.That(Unsafe.SizeOf<GpioCalls.LineRequest>(), Is.EqualTo(592));
        Assert.That(Unsafe.SizeOf<GpioCalls.LineValues>(), Is.EqualTo(16));
        Assert.That(
            (int)Marshal.OffsetOf<GpioCalls.LineRequest>("Descriptor"), Is.EqualTo(588));
        Assert.That(
            (int)Marshal.OffsetOf<GpioCalls.LineRequest>("Configuration"), Is.EqualTo(288));
    }

    [TestCase("/dev/gpiochip-none")]
    [TestCase("/dev/null")]
    public void What_is_no_chip_is_named(string chip) => Assert.That(
        () => GpioChipLine.Request(chip, 3, isOutput: true),
        Throws.TypeOf<DeviceException>().With.Message.Contains(chip + " line 3"));

    [Test]
    public void A_relay_is_believed_when_its_line_reads_back()
    {
        var line = new ScriptedLine();
        using var relay = new GpioRelay(line);

        Assert.That(relay.Set(true), Is.EqualTo(PowerSwitchStatus.Confirmed));
        line.IsStuck = true;
        Assert.That(relay.Set(false), Is.EqualTo(PowerSwitchStatus.Failed));
        line.IsStuck = false;
        line.IsGone = true;
        Assert.That(relay.Set(false), Is.EqualTo(PowerSwitchStatus.Failed));
    }

    [Test]
    public void A_press_a_cut_wire_and_a_lost_chip_all_mean_stop()
    {
        var line = new ScriptedLine { IsActive = true };
        using var button = new GpioEmergencyStop(line);

        Assert.That(button.Read(), Is.EqualTo(EmergencyStopStatus.Released));
        line.IsActive = false;
        Assert.That(button.Read(), Is.EqualTo(EmergencyStopStatus.Pressed));
        line.IsGone = true;
        Assert.That(button.Read(), Is.EqualTo(EmergencyStopStatus.Lost));
    }

    private sealed class ScriptedLine : IGpioLine
    {
        public bool IsActive { get; set; }

        public bool IsStuck { get; set; }

        public bool IsGone { get; set; }

        public string Name => "a line";

        public bool TryRead(out bool isActive)
        {
            isActive = IsActive;
            return !IsGone;
        }

        public bool TryWrite(bool isActive)
        {
            IsActive = IsStuck ? IsActive : isActive;
            return !IsGone;
        }

        public void Dispose()
        {
        }
    }
}
