using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Time;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests;

/// <summary>The twin behind the plant port.</summary>
internal sealed class SimulatedPlantTests
{
    private const long Millisecond = 1_000_000;

    private static readonly string[] Arm =
        ["shoulder_pan", "shoulder_lift", "elbow_flex", "wrist_flex", "wrist_roll", "gripper"];

    private static Model So101 =>
        MjcfLoader.Load(Path.Combine(TestFiles.ShippedModels, "so101.xml"));

    [Test]
    public void One_state_a_tick_before_the_command_and_then_none()
    {
        using SimulatedPlant plant = Plant(So101, Arm);
        var state = new JointState(6);
        plant.Start(new JointState(6));
        Assert.That(plant.TryRead(state), Is.EqualTo(PlantStatus.Ok));
        Assert.That((state.Sequence, state.AnsweredCommandSequence), Is.EqualTo((1, 0)));
        Assert.That(plant.TryRead(state), Is.EqualTo(PlantStatus.NoNewState));
        Assert.That(plant.Write(Tick(0, 100, 4), Command(7)), Is.EqualTo(PlantStatus.Ok));
        Assert.That(plant.TryRead(state), Is.EqualTo(PlantStatus.Ok));
        Assert.That((state.Sequence, state.AnsweredCommandSequence), Is.EqualTo((2, 7)));
        Assert.That(state.SampledNanoseconds, Is.EqualTo(104 * Millisecond));
        Assert.That(state.FreshJoints, Is.EqualTo(0b111111UL));
        Assert.That(plant.TryRead(state), Is.EqualTo(PlantStatus.NoNewState));
    }

    [Test]
    public void It_starts_where_it_is_told_and_reports_it()
    {
        using SimulatedPlant plant = Plant(So101, Arm);
        var state = new JointState(6);
        state.Position[1] = -0.4;
        plant.Start(state);
        Assert.That(state.Position, Is.EqualTo((double[])[0, -0.4, 0, 0, 0, 0]));
        Assert.That(state.Velocity, Is.All.EqualTo(0));
        Assert.That(state.Effort, Has.None.NaN);
    }

    [Test]
    public void It_follows_a_goal_and_holds_a_goal_that_is_not_given()
    {
        using SimulatedPlant plant = Plant(So101, Arm);
        JointState state = Start(plant);
        JointCommand command = Command(1);
        command.Position[4] = 0.5;
        plant.Write(Tick(0, 0, 4), command);
        command.Position[4] = double.NaN;
        for (int index = 1; index < 1000; index++)
        {
            plant.Write(Tick(index, 4 * index, 4), command);
        }

        plant.TryRead(state);
        Assert.That(state.Position[4], Is.EqualTo(0.5).Within(0.01));
        Assert.That(plant.UnconvergedCount, Is.Zero);
    }

    [Test]
    public void Joints_may_come_in_another_order_than_in_the_model()
    {
        string[] reversed = [.. Arm.Reverse()];
        using SimulatedPlant plant = Plant(So101, reversed);
        JointState state = Start(plant);
        JointCommand command = Command(1);
        command.Position[1] = 0.5;
        for (int index = 0; index < 500; index++)
        {
            plant.Write(Tick(index, 4 * index, 4), command);
        }

        plant.TryRead(state);
        Assert.That(state.Position[1], Is.EqualTo(0.5).Within(0.01));
        Assert.That(state.Position[4], Is.Not.EqualTo(0.5).Within(0.3));
    }

    [Test]
    public void Without_torque_a_joint_falls_and_only_viscous_friction_holds_it()
    {
        string path = Path.Combine(TestFiles.ShippedModels, "pendulum-xl330.xml");
        using SimulatedPlant held = Plant(MjcfLoader.Load(path), ["joint"]);
        using SimulatedPlant loose = Plant(MjcfLoader.Load(path), ["joint"]);
        double withTorque = Fall(held, torque: true);
        double withoutTorque = Fall(loose, torque: false);
        Assert.That(withTorque, Is.GreaterThan(0.5));
        Assert.That(withoutTorque, Is.LessThan(-0.5), "it swings through to the other side");
    }

    [Test]
    public void Uneven_periods_do_not_drift()
    {
        // Periods that are no multiple of the step: the simulated time is that of the ticks at the
        // end.
        Model model = ModelFile.Load(ModelFile.OneHinge(
            beside: "<option gravity='0 0 0' timestep='0.002'/>"
                + "<actuator><position joint='j' kp='1e-12'/></actuator>"));
        using SimulatedPlant plant = Plant(model, ["j"]);
        var state = new JointState(1);
        state.Position[0] = 0;
        state.Velocity[0] = 1;
        plant.Start(state);
        long planned = 5 * Millisecond;
        long start = planned;
        for (int index = 0; index < 3000; index++)
        {
            long period = (3 * Millisecond) + (index * 7919 % 4001 * 1000);
            plant.Write(new Tick(index, planned, planned, period, 0), Command(index + 1, 1));
            planned += period;
            plant.TryRead(state);
            double expected = (planned - start) * 1e-9;
            Assert.That(state.Position[0], Is.EqualTo(expected).Within(0.00101));
        }
    }

    [Test]
    public void Skipped_ticks_pass_with_the_old_command()
    {
        using SimulatedPlant whole = Plant(So101, Arm);
        using SimulatedPlant gap = Plant(So101, Arm);
        JointState wholeState = Start(whole);
        JointState gapState = Start(gap);
        JointCommand first = Command(1);
        first.Position[0] = 0.3;
        JointCommand second = Command(2);
        second.Position[0] = -0.3;
        whole.Write(Tick(0, 0, 4), first);
        whole.Write(Tick(1, 4, 4), first);
        whole.Write(Tick(2, 8, 4), second);
        gap.Write(Tick(0, 0, 4), first);
        gap.Write(Tick(2, 8, 4), second);
        whole.TryRead(wholeState);
        gap.TryRead(gapState);
        Assert.That(gapState.Position, Is.EqualTo(wholeState.Position));
    }

    [Test]
    public void After_a_stop_it_takes_no_command()
    {
        using SimulatedPlant plant = Plant(So101, Arm);
        JointState state = Start(plant);
        Assert.That(plant.Stop(StopReason.Requested), Is.EqualTo(PlantStatus.Ok));
        Assert.That(plant.Write(Tick(0, 0, 4), Command(1)), Is.EqualTo(PlantStatus.Stopped));
        Assert.That(plant.TryRead(state), Is.EqualTo(PlantStatus.Ok), "the last state is not lost");
        Assert.That(plant.TryRead(state), Is.EqualTo(PlantStatus.Stopped));
    }

    [Test]
    public void A_state_that_blows_up_loses_the_plant()
    {
        using SimulatedPlant plant = Plant(So101, Arm);
        JointState state = Start(plant);
        JointCommand command = Command(1);
        command.Position[0] = double.NegativeInfinity;
        Assert.That(plant.Write(Tick(0, 0, 4), command), Is.EqualTo(PlantStatus.Ok), "clamped");
        state.Velocity[0] = double.PositiveInfinity;
        plant.Start(state);
        Assert.That(plant.Write(Tick(0, 0, 4), command), Is.EqualTo(PlantStatus.Lost));
        Assert.That(plant.TryRead(state), Is.EqualTo(PlantStatus.Lost));
    }

    [Test]
    public void A_tick_allocates_nothing()
    {
        using SimulatedPlant plant = Plant(So101, Arm);
        JointState state = Start(plant);
        JointCommand command = Command(1);
        plant.Write(Tick(0, 0, 4), command);
        plant.TryRead(state);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int index = 1; index < 500; index++)
        {
            command.Sequence = index;
            plant.TryRead(state);
            plant.Write(Tick(index, 4 * index, 4), command);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void A_joint_that_the_model_lacks_is_named()
    {
        var fault = Assert.Throws<ModelException>(
            () => Plant(So101, ["shoulder_pan", "elbow"]).Dispose());
        Assert.That(fault!.Message, Does.Contain("'elbow'").And.Contain("elbow_flex"));
    }

    [Test]
    public void A_joint_without_a_position_actuator_is_named()
    {
        Model model = ModelFile.Load(ModelFile.OneHinge(
            beside: "<actuator><motor joint='j'/></actuator>"));
        var fault = Assert.Throws<ModelException>(() => Plant(model, ["j"]).Dispose());
        Assert.That(fault!.Message, Does.Contain("'j' has no position actuator"));
    }

    private static double Fall(SimulatedPlant plant, bool torque)
    {
        var state = new JointState(1);
        state.Position[0] = 1.2;
        plant.Start(state);
        JointCommand command = Command(1, 1);
        command.TorqueEnabled[0] = torque;
        double lowest = double.PositiveInfinity;
        for (int index = 0; index < 250; index++)
        {
            plant.Write(Tick(index, 4 * index, 4), command);
            plant.TryRead(state);
            lowest = Math.Min(lowest, state.Position[0]);
        }

        return lowest;
    }

    private static JointState Start(SimulatedPlant plant)
    {
        var state = new JointState(plant.Description.DofCount);
        plant.Start(state);
        return state;
    }

    private static SimulatedPlant Plant(Model model, string[] joints)
    {
        var limits = new JointLimits(-3, 3, 10, 5);
        var description = new PlantDescription(
            "twin",
            [.. joints.Select(name => new JointDescription(name, JointKind.Revolute, limits))]);
        return new SimulatedPlant(description, model, joints);
    }

    private static Tick Tick(long index, long plannedMilliseconds, long periodMilliseconds) =>
        new(
            index,
            plannedMilliseconds * Millisecond,
            plannedMilliseconds * Millisecond,
            periodMilliseconds * Millisecond,
            0);

    private static JointCommand Command(long sequence, int dofCount = 6)
    {
        var command = new JointCommand(dofCount) { Sequence = sequence };
        Array.Fill(command.TorqueEnabled, true);
        return command;
    }
}
