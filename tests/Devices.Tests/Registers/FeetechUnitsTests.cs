using CsCheck;
using HilRig.Devices.Registers;

namespace HilRig.Devices.Tests.Registers;

/// <summary>Sign-magnitude values and unit conversion.</summary>
public sealed class FeetechUnitsTests
{
    [TestCase(15, 0x8001, -1)]
    [TestCase(15, 0x7FFF, 32767)]
    [TestCase(15, 0xFFFF, -32767)]
    [TestCase(15, 0x8000, 0)]
    [TestCase(10, 0x0400 | 250, -250)]
    [TestCase(10, 250, 250)]
    [TestCase(11, 0x0800 | 709, -709)]
    [TestCase(11, 1624, 1624)]
    public void Sign_magnitude_decodes(int signBit, int raw, int value) =>
        Assert.That(SignMagnitude.Decode(raw, signBit), Is.EqualTo(value));

    [TestCase(-709)]
    [TestCase(-2006)]
    [TestCase(1624)]
    [TestCase(-2047)]
    public void Homing_offsets_survive_the_register(int offset)
    {
        byte[] bytes = new byte[2];
        Assert.That(Sts3215.HomingOffset.TryEncode(offset, bytes), Is.True);
        Assert.That(Sts3215.HomingOffset.Decode(bytes), Is.EqualTo(offset));
    }

    [Test]
    public void A_homing_offset_of_2048_does_not_fit_and_writes_nothing()
    {
        byte[] bytes = [0xA5, 0xA5];
        Assert.That(Sts3215.HomingOffset.TryEncode(2048, bytes), Is.False);
        Assert.That(bytes, Is.EqualTo(new byte[] { 0xA5, 0xA5 }));
    }

    [Test]
    public void An_unsigned_register_takes_no_negative_value() =>
        Assert.That(Sts3215.TorqueLimit.TryEncode(-1, new byte[2]), Is.False);

    [Test]
    public void Sign_magnitude_round_trips() =>
        Gen.Select(Gen.Int[1, 15], Gen.Int[-32767, 32767]).Sample((signBit, value) =>
        {
            int magnitudeMax = (1 << signBit) - 1;
            int clamped = Math.Clamp(value, -magnitudeMax, magnitudeMax);
            return SignMagnitude.Decode(SignMagnitude.Encode(value, signBit), signBit) == clamped;
        });

    [Test]
    public void A_turn_is_4096_ticks()
    {
        Assert.That(FeetechUnits.RadiansToTicks(2 * Math.PI), Is.EqualTo(4096));
        Assert.That(FeetechUnits.TicksToRadians(-1024), Is.EqualTo(-Math.PI / 2).Within(1e-15));
    }

    [Test]
    public void Fifty_counts_of_velocity_are_0_732_turns_a_minute() =>
        Assert.That(
            FeetechUnits.VelocityToRadiansPerSecond(50) * 60 / (2 * Math.PI),
            Is.EqualTo(0.732).Within(0.0005));

    [TestCase(12, 1)]
    [TestCase(8, 50)]
    public void Phase_chooses_the_velocity_unit(int phase, int ticks) =>
        Assert.That(FeetechUnits.VelocityTicksPerCount(phase), Is.EqualTo(ticks));

    [Test]
    public void Every_tick_count_round_trips() =>
        Gen.Int[-32767, 32767].Sample(
            ticks => FeetechUnits.RadiansToTicks(FeetechUnits.TicksToRadians(ticks)) == ticks);

    [Test]
    public void Volts_amperes_and_fractions_round_trip() => Gen.Int[-1000, 1000].Sample(count =>
        FeetechUnits.VoltsToCount(FeetechUnits.CountToVolts(count)) == count
        && FeetechUnits.AmperesToCount(FeetechUnits.CountToAmperes(count)) == count
        && FeetechUnits.FractionToTenthPercent(
            FeetechUnits.TenthPercentToFraction(count)) == count);

    [TestCase(0, 1_000_000)]
    [TestCase(4, 115_200)]
    [TestCase(7, 38_400)]
    [TestCase(8, 0)]
    public void Baud_codes_are_those_of_the_memory_table(int code, int baud)
    {
        Assert.That(FeetechUnits.BaudOfCode(code), Is.EqualTo(baud));
        Assert.That(FeetechUnits.CodeOfBaud(baud), Is.EqualTo(baud == 0 ? -1 : code));
    }

    [Test]
    public void The_largest_return_delay_is_508_microseconds() =>
        Assert.That(FeetechUnits.ReturnDelayToNanoseconds(254), Is.EqualTo(508_000));
}
