using HilRig.Learning.Environments;
using HilRig.Tasks;

namespace HilRig.Learning.Tests.Environments;

public sealed class PickPlaceRingSceneTests
{
    private const int PuckHeight = 2;

    [Test]
    public void A_lifted_puck_is_held_by_friction_alone_and_falls_when_the_fingers_open()
    {
        TaskSimulation simulation = Lift();
        double lifted = simulation.State.Objects[PuckHeight];
        for (int k = 0; k < 20; k++)
        {
            simulation.Step([0, 0, 0, -1]);
        }

        double held = simulation.State.Objects[PuckHeight];
        for (int k = 0; k < 12; k++)
        {
            simulation.Step([0, 0, 0, 1]);
        }

        double fallen = simulation.State.Objects[PuckHeight];
        Assert.Multiple(() =>
        {
            Assert.That(lifted, Is.GreaterThan(0.035));

            // The arm ends its motion in the first steps, so the puck may still rise a little.
            Assert.That(held, Is.InRange(lifted - 0.003, lifted + 0.015));
            Assert.That(fallen, Is.EqualTo(0.01).Within(0.001));
        });
    }

    [Test]
    public void The_ring_does_not_move_when_an_arm_pushes_it()
    {
        var simulation = new TaskSimulation(TaskCatalogue.Find("PickPlaceRing"));
        simulation.Reset(3, 0);
        double[] ring = simulation.State.Objects[3..5].ToArray();
        for (int k = 0; k < 12; k++)
        {
            simulation.Step([0, 0, -1, 0]);
        }

        for (int k = 0; k < 40; k++)
        {
            simulation.Step([(float)Math.Sign(ring[0] - simulation.State.Position[0]), 1, 0, 0]);
        }

        Assert.Multiple(() =>
        {
            // The sliding finger stands at the wall: 40 steps would have led 0.4 m further.
            Assert.That(simulation.State.Position[1], Is.LessThan(ring[1] - 0.06));
            Assert.That(
                simulation.State.Objects[3..5].ToArray(), Is.EqualTo(ring).Within(0.0002));
        });
    }

    private static TaskSimulation Lift()
    {
        IRobotTask task = TaskCatalogue.Find("PickPlaceRing");
        var simulation = new TaskSimulation(task);
        IDemonstrator demonstrator = task.CreateDemonstrator(1, 0);
        float[] action = new float[4];
        simulation.Reset(1, 0);
        while (simulation.State.Objects[PuckHeight] < 0.035)
        {
            demonstrator.Act(simulation.State, action);
            Assert.That(simulation.Step(action).IsOver, Is.False);
        }

        return simulation;
    }
}
