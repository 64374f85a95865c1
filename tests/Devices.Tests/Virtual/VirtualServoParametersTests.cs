using HilRig.Core.Errors;
using HilRig.Devices.Virtual;

namespace HilRig.Devices.Tests.Virtual;

public sealed class VirtualServoParametersTests
{
    private const string File = "sts3215-12v.yaml";

    [Test]
    public void Missing_and_unknown_keys_are_told_together()
    {
        var entries = ShippedServos.Section(File, "servo");
        entries.Remove("backlash");
        entries["backlahs"] = 0.01;
        var error = Assert.Throws<ScenarioException>(
            () => VirtualServoParameters.FromEntries(entries, "a.yaml"));
        Assert.That(
            error!.Message,
            Does.Contain("a.yaml").And.Contain("'backlash' is missing").And.Contain("'backlahs'"));
    }

    [TestCase("resistance", 0)]
    [TestCase("backlash", -0.001)]
    [TestCase("loadFriction", 1)]
    [TestCase("dutyMax", 1.01)]
    [TestCase("firmwareLatency", 0.1)]
    [TestCase("rotorInertia", double.NaN)]
    [TestCase("heatCapacity", double.PositiveInfinity)]
    public void A_value_that_cannot_be_is_refused(string key, double value)
    {
        var entries = ShippedServos.Section(File, "servo");
        entries[key] = value;
        var error = Assert.Throws<ScenarioException>(
            () => VirtualServoParameters.FromEntries(entries, "a.yaml"));
        Assert.That(error!.Found, Does.Contain(key));
    }

    [TestCase("motor", 1)]
    [TestCase("friction", -0.1)]
    [TestCase("zeroErrorTicks", double.NaN)]
    public void A_spread_that_cannot_be_is_refused(string key, double value)
    {
        var entries = ShippedServos.Section(File, "spread");
        entries[key] = value;
        Assert.Throws<ScenarioException>(() => VirtualServoSpread.FromEntries(entries, "a.yaml"));
    }

    [Test]
    public void Servos_differ_within_the_spread_and_repeat_with_the_seed()
    {
        var spread = ShippedServos.Spread(File);
        var nominal = ShippedServos.At12Volts;
        VirtualServoParameters[] servos =
        [
            .. Enumerable.Range(0, 250).Select(id => spread.Sample(nominal, 5, (byte)id)),
        ];
        var constants = servos
            .Select(servo => servo.TorqueConstant / nominal.TorqueConstant).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(spread.Sample(nominal, 5, 17), Is.EqualTo(servos[17]));
            Assert.That(spread.Sample(nominal, 6, 17), Is.Not.EqualTo(servos[17]));
            Assert.That(constants, Is.All.InRange(1 - spread.Motor, 1 + spread.Motor));
            Assert.That(constants.Max() - constants.Min(), Is.GreaterThan(1.8 * spread.Motor));
            Assert.That(constants.Average(), Is.EqualTo(1).Within(0.1 * spread.Motor));
        });
    }
}
