using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Sampling;
using HilRig.Core.Time;
using HilRig.Learning.Environments;
using HilRig.Sim;
using HilRig.Sim.Models;
using HilRig.Tasks;

namespace HilRig.Learning.Tests.Environments;

/// <summary>What every task of the catalogue keeps to, whatever is done to it.</summary>
[TestFixtureSource(typeof(TaskNames), nameof(TaskNames.All))]
public sealed class TaskConformanceTests(string name)
{
    private readonly IRobotTask _task = TaskCatalogue.Find(name);

    [Test]
    public void Starts_are_within_their_ranges_and_so_are_the_joints_they_set()
    {
        TaskDescription description = _task.Description;
        Model model = new TaskModel(_task).Model;
        double[] start = new double[description.Start.Count];
        double[] position = new double[description.Joints.Count];
        double[] objects = new double[description.ObjectJoints.Count];
        for (int index = 0; index < 500; index++)
        {
            _task.DrawStart(3, index, start);
            _task.Place(start, position, objects);
            for (int k = 0; k < start.Length; k++)
            {
                TaskChannel channel = description.Start[k];
                Assert.That(
                    start[k],
                    Is.EqualTo(channel.Offset).Within(channel.Scale),
                    channel.Name);
            }

            AssertWithin(model, description.Joints, position);
            AssertWithin(model, description.ObjectJoints, objects);
        }
    }

    [Test]
    public void Observations_of_a_random_episode_are_finite_and_goals_keep_to_leash_and_range()
    {
        TaskDescription description = _task.Description;
        var simulation = new TaskSimulation(_task);
        Model model = new TaskModel(_task).Model;
        double[] before = new double[description.Joints.Count];
        foreach (int episode in Enumerable.Range(0, 3))
        {
            simulation.Reset(8, episode);
            TaskStep step = default;
            while (!step.IsOver)
            {
                simulation.State.Position.CopyTo(before);
                step = simulation.Step(RandomAction(episode, simulation.StepIndex));
                Assert.That(
                    simulation.Observation.ToArray(), Is.All.Matches<float>(float.IsFinite));
                AssertWithin(model, description.Joints, simulation.State.Goal.ToArray());
                for (int k = 0; k < before.Length; k++)
                {
                    Assert.That(
                        simulation.State.Goal[k],
                        Is.EqualTo(before[k]).Within(description.GoalLeash[k] + 1e-12));
                }
            }
        }
    }

    [Test]
    public void The_twin_goes_the_same_way_under_the_same_goals()
    {
        var simulation = new TaskSimulation(_task);
        TaskDescription description = _task.Description;
        simulation.Reset(2, 1);
        using SimulatedPlant twin = Twin();
        var state = new JointState(description.Joints.Count);
        simulation.State.Position.CopyTo(state.Position);
        state.Velocity.AsSpan().Clear();
        twin.Start(state);

        // A twin knows no hands: its objects begin where the model has them.
        Model model = simulation.Simulation.Model;
        foreach (string joint in description.ObjectJoints)
        {
            int place = model.Joints[model.IndexOfJoint(joint)].PositionAddress;
            simulation.Simulation.Position[place] = model.ReferencePosition[place];
        }

        var command = new JointCommand(description.Joints.Count);
        Array.Fill(command.TorqueEnabled, true);
        long period = (long)Math.Round(description.PeriodSeconds * 1e9);
        for (int index = 0; index < description.EpisodeSteps; index++)
        {
            simulation.Step(RandomAction(0, index));
            simulation.State.Goal.CopyTo(command.Position);
            command.Sequence = index + 1;
            Assert.That(
                twin.Write(new Tick(index, index * period, 0, period, 0), command),
                Is.EqualTo(PlantStatus.Ok));
            twin.TryRead(state);
            Assert.That(
                state.Position, Is.EqualTo(simulation.State.Position.ToArray()), $"{index}");
        }
    }

    private static void AssertWithin(
        Model model, IReadOnlyList<string> joints, ReadOnlySpan<double> values)
    {
        for (int k = 0; k < joints.Count; k++)
        {
            ModelJoint joint = model.Joints[model.IndexOfJoint(joints[k])];
            if (joint.Limited)
            {
                Assert.That(
                    values[k], Is.InRange(joint.RangeMin, joint.RangeMax), joints[k]);
            }
        }
    }

    private float[] RandomAction(int episode, int step)
    {
        // The same way for a while, so that joints get somewhere.
        var random = new CounterRandom(17, (ulong)episode);
        int width = _task.Description.Action.Count;
        return
        [
            .. Enumerable.Range(0, width).Select(
                k => (float)random.Symmetric((ulong)(((step / 6) * width) + k))),
        ];
    }

    private SimulatedPlant Twin() => new(
        new PlantDescription("twin", [.. _task.Description.Joints.Select(Joint)]),
        new TaskModel(_task).Model,
        _task.Description.Joints);

    private static JointDescription Joint(string name) => new(
        name,
        JointKind.Revolute,
        new JointLimits(-10, 10, double.PositiveInfinity, double.PositiveInfinity));
}
