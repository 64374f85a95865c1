using CsCheck;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Rigs;
using HilRig.Devices.Agent;
using HilRig.Devices.Tests.Support;

namespace HilRig.Devices.Tests.Agent;

internal sealed class JointActuatorMapTests
{
    [TestCase(1, 0.0, 2048)]
    [TestCase(1, Math.PI / 2, 3072)]
    [TestCase(-1, Math.PI / 2, 1024)]
    [TestCase(-1, -Math.PI / 4, 2560)]
    public void Sign_and_zero_place_a_joint_on_the_encoder(int sign, double position, int ticks)
    {
        var map = new JointActuatorMap(TestRigs.OfJoints(
            [TestRigs.Joint("a", TestRigs.Actuator(1, sign: sign))], "test"));
        Assert.That(map.TicksAt(0, position), Is.EqualTo(ticks));
        Assert.That(map.PositionAt(0, ticks), Is.EqualTo(position).Within(1e-12));
        Assert.That(map.VelocityAt(0, 2.5), Is.EqualTo(sign * 2.5));
    }

    [Test]
    public void A_transmission_turns_shaft_radians_into_metres()
    {
        JointMapping jaw = TestRigs.Joint("jaw", TestRigs.Actuator(1, sign: -1)) with
        {
            Kind = JointKind.Prismatic,
            Transmission = new TransmissionLaw(Ratio: 0.02, Offset: 0.01),
        };
        var map = new JointActuatorMap(TestRigs.OfJoints([jaw], "test"));
        Assert.That(map.TicksAt(0, 0.01), Is.EqualTo(2048));
        Assert.That(map.TicksAt(0, 0.01 + 0.02 * Math.PI / 2), Is.EqualTo(1024));
        Assert.That(map.PositionAt(0, 1024), Is.EqualTo(0.01 + 0.02 * Math.PI / 2).Within(1e-12));
        Assert.That(map.VelocityAt(0, 1), Is.EqualTo(-0.02).Within(1e-15));
    }

    [Test]
    public void Every_count_survives_the_way_to_a_joint_position_and_back() =>
        Gen.Select(
            Gen.Int[0, 4095],
            Gen.Int[0, 4095],
            Gen.Bool,
            Gen.Double[0.05, 20],
            Gen.Double[-3, 3],
            Gen.Bool)
        .Sample((ticks, zero, positive, ratio, offset, mirrored) =>
        {
            JointMapping joint = TestRigs.Joint(
                "a", TestRigs.Actuator(1, sign: positive ? 1 : -1, zero: zero)) with
            {
                Transmission = new TransmissionLaw(mirrored ? -ratio : ratio, offset),
            };
            var map = new JointActuatorMap(TestRigs.OfJoints([joint], "test"));
            return map.TicksAt(0, map.PositionAt(0, ticks)) == ticks;
        });

    [Test]
    public void Several_actuators_of_a_joint_and_several_buses_keep_their_places()
    {
        var map = new JointActuatorMap(TestRigs.OfJoints(
            [
                TestRigs.Joint("a", TestRigs.Actuator(1), TestRigs.Actuator(7, "servo1", sign: -1)),
                TestRigs.Joint("b", TestRigs.Actuator(2, "servo1")),
                TestRigs.Joint("c", TestRigs.Actuator(3)),
            ],
            "port0",
            "port1"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(map.JointCount, Is.EqualTo(3));
            Assert.That(map.ActuatorCount, Is.EqualTo(4));
            Assert.That(map.OnBus(0).ToArray(), Is.EqualTo(new[] { 0, 3 }));
            Assert.That(map.OnBus(1).ToArray(), Is.EqualTo(new[] { 1, 2 }));
            Assert.That(map.ActuatorCountOf(0), Is.EqualTo(2));
            Assert.That(map.FirstActuatorOf(2), Is.EqualTo(3));
            Assert.That(map.JointOf(1), Is.Zero);
            Assert.That(map.Actuator(1).Id, Is.EqualTo(7));
            Assert.That(map.TicksAt(0, 0.5) - 2048, Is.EqualTo(2048 - map.TicksAt(1, 0.5)));
        }
    }

    [Test]
    public void An_actuator_on_no_bus_is_refused() => Assert.That(
        () => new JointActuatorMap(TestRigs.OfJoints(
            [TestRigs.Joint("a", TestRigs.Actuator(1, "elsewhere"))], "test")),
        Throws.TypeOf<DeviceException>().With.Message.Contains("elsewhere"));

    [Test]
    public void A_sign_of_zero_is_refused_with_its_joint() => Assert.That(
        () => new JointActuatorMap(TestRigs.OfJoints(
            [TestRigs.Joint("wrist", TestRigs.Actuator(1, sign: 0))], "test")),
        Throws.TypeOf<DeviceException>().With.Message.Contains("wrist"));

    [Test]
    public void Soft_limits_beyond_the_encoder_are_refused_with_their_counts()
    {
        RigDescription rig = TestRigs.OfJoints(
            [TestRigs.Joint("roll", TestRigs.Actuator(4, zero: 3500))], "test");
        Assert.That(
            () => new JointActuatorMap(rig).RequireReachable(rig),
            Throws.TypeOf<DeviceException>().With.Message.Contains("roll")
                .And.Message.Contains("2327 to 4673 counts"));
        RigDescription good = TestRigs.OfServos(6);
        Assert.That(() => new JointActuatorMap(good).RequireReachable(good), Throws.Nothing);
    }
}
