using CsCheck;
using HilRig.Core.Units;

namespace HilRig.Core.Tests.Units;

internal sealed class QuantityTextTests
{
    [TestCase("0.6 rad", Dimension.Angle, 0.6)]
    [TestCase("20 deg", Dimension.Angle, 0.3490658503988659)]
    [TestCase("250 Hz", Dimension.Frequency, 250)]
    [TestCase("4ms", Dimension.Time, 0.004)]
    [TestCase("50 µs", Dimension.Time, 50e-6)]
    [TestCase("50 μs", Dimension.Time, 50e-6)]
    [TestCase("-1.5e1 rad/s", Dimension.AngularVelocity, -15)]
    [TestCase("30 %", Dimension.Ratio, 0.3)]
    [TestCase("0.3", Dimension.Ratio, 0.3)]
    [TestCase("2.9 N·m", Dimension.Torque, 2.9)]
    [TestCase("2.9 Nm", Dimension.Torque, 2.9)]
    [TestCase("65 degC", Dimension.Temperature, 65)]
    public void A_number_with_a_fitting_unit_becomes_si(string text, Dimension wanted, double si)
    {
        bool fits = QuantityText.TryParse(text, [wanted], out Quantity quantity, out string fault);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fits, Is.True, fault);
            Assert.That(quantity.Value, Is.EqualTo(si).Within(1e-12));
            Assert.That(quantity.Dimension, Is.EqualTo(wanted));
        }
    }

    [TestCase("0.6", "no unit")]
    [TestCase("0.6 m", "a length")]
    [TestCase("0.6 Rad", "not a known unit")]
    [TestCase("abc rad", "not a number")]
    [TestCase("NaN rad", "not a number")]
    [TestCase("1e999 rad", "not a number")]
    [TestCase("", "not a number")]
    public void Anything_else_is_refused_and_says_why(string text, string part)
    {
        bool fits = QuantityText.TryParse(text, [Dimension.Angle], out _, out string fault);
        Assert.That((fits, fault), Is.EqualTo((false, fault)));
        Assert.That(fault, Does.Contain(part));
    }

    [Test]
    public void One_of_several_dimensions_is_told_apart_by_its_unit()
    {
        QuantityText.TryParse(
            "12 mm", [Dimension.Angle, Dimension.Length], out Quantity quantity, out _);
        Assert.That(quantity, Is.EqualTo(new Quantity(0.012, Dimension.Length)));
    }

    [Test]
    public void Units_that_fit_are_named() => Assert.That(
        QuantityText.Describe([Dimension.Time]),
        Is.EqualTo("a time (s, ms, us, µs, ns, min)"));

    [Test]
    public void No_text_makes_the_reader_throw() => Gen.String.Sample(text =>
        QuantityText.TryParse(text, [Dimension.Angle], out Quantity quantity, out _)
            || quantity == default);
}
