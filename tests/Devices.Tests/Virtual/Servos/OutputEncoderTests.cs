using CsCheck;
using HilRig.Devices.Virtual.Servos;

namespace HilRig.Devices.Tests.Virtual.Servos;

public sealed class OutputEncoderTests
{
    [Test]
    public void A_count_is_the_nearest_one()
    {
        var encoder = new OutputEncoder(2048, 0, 0);
        Gen.Double[-20, 20].Sample(angle =>
        {
            var exact = 2048 + (angle * 4096 / (2 * Math.PI));
            return Math.Abs(encoder.ReadTurns(angle) - exact) <= 0.5 + 1e-9;
        });
    }

    [Test]
    public void An_eccentric_magnet_errs_once_a_turn_by_its_amplitude()
    {
        const double Amplitude = 0.01;
        var ideal = new OutputEncoder(0, 0, 0);
        var real = new OutputEncoder(0, Amplitude, 0.7);
        var errors = Enumerable.Range(0, 4096)
            .Select(i => i * 2 * Math.PI / 4096)
            .Select(angle => (real.ReadTurns(angle) - ideal.ReadTurns(angle)) / 651.9)
            .ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(errors.Max(), Is.EqualTo(Amplitude).Within(1.0 / 651.9));
            Assert.That(errors.Min(), Is.EqualTo(-Amplitude).Within(1.0 / 651.9));
            Assert.That(errors.Average(), Is.Zero.Within(0.2 / 651.9));
            Assert.That(
                Enumerable.Range(1, 4095).Count(i => errors[i - 1] < 0 && errors[i] >= 0),
                Is.LessThanOrEqualTo(8), "one crossing, give or take the rounding");
        });
    }
}
