using HilRig.Core.Joints;
using HilRig.Core.Rigs;

namespace HilRig.Devices.Tests.Support;

/// <summary>Rig descriptions for tests.</summary>
internal static class TestRigs
{
    public const double TicksPerRadian = 4096 / (2 * Math.PI);

    /// <summary>A rig of servos 1..n, one a joint, on one bus.</summary>
    public static RigDescription OfServos(int count, string port =
        "test", SafePosture? posture = null) =>
        OfJoints(
            [.. Enumerable.Range(1, count).Select(id => Joint("joint" + id, Actuator((byte)id)))],
            port)
            with
        { SafePosture = posture ?? HoldAt(0.5) };

    public static RigDescription OfJoints(
        IReadOnlyList<JointMapping> joints, params string[] ports) => new()
        {
            SchemaVersion = 1,
            Name = "test rig",
            Path = "test.yaml",
            Sha256 = new string('0', 64),
            Buses = [.. ports.Select((port, b) =>
            new BusDescription(b == 0 ? "servo" : "servo" + b, port, 1_000_000, "feetech-sts"))],
            Arms =
        [
            new ArmDescription
            {
                Namespace = string.Empty,
                ModelPath = "none.xml",
                Mount = Transform.Identity,
                Joints = joints,
            },
        ],
            SafePosture = HoldAt(0.5),
            DeadmanSeconds = 0.1,
            SupplyVolts = new ValueRange(9, 14),
            TemperatureCelsius = new ValueRange(0, 65),
            Capabilities = ["position"],
        };

    public static SafePosture HoldAt(double torqueFraction) => new()
    {
        Policy = SafePosturePolicy.Hold,
        HoldTorqueFraction = torqueFraction,
        HoldSeconds = 0,
        LowerVelocity = 1,
        RestPosition = new Dictionary<string, double>(),
    };

    public static JointMapping Joint(string name, params ActuatorMapping[] actuators) => new()
    {
        Name = name,
        ModelJoint = name,
        Kind = JointKind.Revolute,
        HardLimits = new ValueRange(-1.9, 1.9),
        SoftLimits = new ValueRange(-1.8, 1.8),
        VelocityMax = 4,
        EffortMax = 2.9,
        StepMax = 1,
        Actuators = actuators,
    };

    public static ActuatorMapping Actuator(byte id, string bus =
        "servo", int sign = 1, int zero = 2048) => new()
        {
            Bus = bus,
            Id = id,
            Model = "sts3215",
            Sign = sign,
            ZeroTicks = zero,
            TicksPerRadian = TicksPerRadian,
            Registers = new Dictionary<string, int>(),
        };
}
