using HilRig.Core.Errors;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests;

/// <summary>The bare mechanics that load the virtual servos.</summary>
internal sealed class ArmDynamicsTests
{
    private static readonly string[] Joints =
        ["shoulder_pan", "shoulder_lift", "elbow_flex", "wrist_flex", "wrist_roll", "gripper"];

    private static Model Hidden =>
        MjcfLoader.Load(Path.Combine(TestFiles.ShippedModels, "so101-hidden.xml"));

    [Test]
    public void Without_force_the_arm_falls_and_its_limits_hold_it()
    {
        var arm = new ArmDynamics(Hidden, Joints);
        arm.Reset([0, 0.3, 0, 0, 0, 0]);
        double[] force = new double[6];
        for (int step = 0; step < 8000; step++)
        {
            Assert.That(arm.Step(force, 0.00025), Is.EqualTo(StepStatus.Ok));
        }

        Assert.That(arm.Position[1], Is.InRange(1.6, 1.80));
    }

    [Test]
    public void The_same_forces_give_the_same_bits()
    {
        var first = new ArmDynamics(Hidden, Joints);
        var second = new ArmDynamics(Hidden, Joints);
        double[] force = new double[6];
        for (int step = 0; step < 2000; step++)
        {
            force[step % 6] = ((step * 37 % 101) - 50) * 0.002;
            first.Step(force, 0.00025);
            second.Step(force, 0.00025);
        }

        Assert.That(second.Position.ToArray(), Is.EqualTo(first.Position.ToArray()));
        Assert.That(second.Velocity.ToArray(), Is.EqualTo(first.Velocity.ToArray()));
    }

    [Test]
    public void Actuators_of_the_model_are_off()
    {
        Model model = ModelFile.Load(ModelFile.OneHinge(
            beside: "<option gravity='0 0 0'/><actuator><position joint='j' kp='50'/></actuator>"));
        var arm = new ArmDynamics(model, ["j"]);
        arm.Reset([1]);
        arm.Step([0], 0.001);
        Assert.That(arm.Position[0], Is.EqualTo(1));
    }

    [Test]
    public void A_step_allocates_nothing()
    {
        var arm = new ArmDynamics(Hidden, Joints);
        double[] force = new double[6];
        arm.Step(force, 0.00025);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 1000; step++)
        {
            arm.Step(force, 0.00025);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void A_joint_named_twice_is_refused()
    {
        var fault = Assert.Throws<ModelException>(
            () => _ = new ArmDynamics(Hidden, ["gripper", "gripper"]));
        Assert.That(fault!.Message, Does.Contain("used twice"));
    }
}
