using HilRig.Core.Joints;
using HilRig.Core.Rigs;
using HilRig.Devices.Agent.RealTime;
using HilRig.Devices.Tests.Support;

namespace HilRig.Devices.Tests.Agent;

/// <summary>Limits of the test rig: ±1.8 rad soft, step 1 rad, 4 rad/s.</summary>
internal sealed class CommandLimitsTests
{
    private const long Long = 1_000_000_000;
    private const long FourMilliseconds = 4_000_000;

    [TestCase(double.NaN, 0, 0, Long, "NotFinite")]
    [TestCase(double.PositiveInfinity, 0, 0, Long, "NotFinite")]
    [TestCase(1.81, 1.5, 1.5, Long, "Position")]
    [TestCase(-1.81, -1.5, -1.5, Long, "Position")]
    [TestCase(1.01, 0, 0.5, Long, "Step")]
    [TestCase(0.5, double.NaN, 0.5, Long, "Step")]
    [TestCase(0.0161, 0, 0, FourMilliseconds, "Velocity")]
    [TestCase(-0.0161, 0, 0, FourMilliseconds, "Velocity")]
    [TestCase(0.1, 0, double.NaN, Long, "Velocity")]
    [TestCase(0.001, 0, 0, 0, "Velocity")]
    [TestCase(0.016, 0, 0, FourMilliseconds, "None")]
    [TestCase(1.8, 1.5, 1.5, Long, "None")]
    [TestCase(1.0, 0, 0, Long, "None")]
    [TestCase(0.3, 0.3, 0.3, 0, "None")]
    public void A_goal_is_judged(
        double goal, double measured, double previous, long elapsed, string fault)
    {
        var limits = new CommandLimits(TestRigs.OfServos(2));
        JointCommand command = Command(0, goal);
        int joint = limits.FindIllegalJoint(
            command, [0, measured], [0, previous], elapsed, out CommandFault found);
        Assert.That(found.ToString(), Is.EqualTo(fault));
        Assert.That(joint, Is.EqualTo(fault == "None" ? -1 : 1));
    }

    [Test]
    public void A_joint_whose_torque_is_off_needs_no_goal()
    {
        var limits = new CommandLimits(
            TestRigs.OfServos(2) with { Capabilities = ["torque-off"] });
        JointCommand command = Command(0, double.NaN);
        command.TorqueEnabled[1] = false;
        Assert.That(limits.FindIllegalJoint(command, [0, 0], [0, 0], Long, out _), Is.EqualTo(-1));
    }

    [TestCase(SafePosturePolicy.Hold, "position", false)]
    [TestCase(SafePosturePolicy.HoldThenLower, "position", false)]
    [TestCase(SafePosturePolicy.TorqueOff, "position", true)]
    [TestCase(SafePosturePolicy.Hold, "torque-off", true)]
    public void Torque_may_be_switched_off_only_where_the_rig_says_so(
        SafePosturePolicy policy, string capability, bool isLegal)
    {
        SafePosture posture = TestRigs.HoldAt(0.5) with { Policy = policy };
        var limits = new CommandLimits(
            TestRigs.OfServos(2, posture: posture) with { Capabilities = [capability] });
        JointCommand command = Command(0, 0);
        command.TorqueEnabled[1] = false;
        int joint = limits.FindIllegalJoint(command, [0, 0], [0, 0], Long, out CommandFault fault);
        Assert.That(joint, Is.EqualTo(isLegal ? -1 : 1));
        Assert.That(fault, Is.EqualTo(isLegal ? CommandFault.None : CommandFault.TorqueOff));
    }

    [Test]
    public void A_host_that_goes_exactly_as_fast_as_allowed_is_never_refused()
    {
        var limits = new CommandLimits(TestRigs.OfServos(1));
        var command = new JointCommand(1);
        command.TorqueEnabled[0] = true;
        double goal = -1.8;
        for (int i = 0; i < 225; i++)
        {
            double next = Math.Min(goal + 4 * 0.004, 1.8);
            command.Position[0] = next;
            int joint = limits.FindIllegalJoint(
                command, [goal], [goal], FourMilliseconds, out _);
            Assert.That(joint, Is.EqualTo(-1));
            goal = next;
        }

        Assert.That(goal, Is.EqualTo(1.8).Within(1e-9));
    }

    private static JointCommand Command(params double[] goals)
    {
        var command = new JointCommand(goals.Length);
        goals.CopyTo(command.Position, 0);
        Array.Fill(command.TorqueEnabled, true);
        return command;
    }
}
