namespace HilRig.Tasks.Tests;

/// <summary>What holds for every task of the catalogue.</summary>
public sealed class TaskDescriptionTests
{
    private static IEnumerable<TestCaseData> Tasks() =>
        TaskCatalogue.All.Select(task =>
            new TestCaseData(task).SetArgDisplayNames(task.Description.Name));

    [TestCaseSource(nameof(Tasks))]
    public void Every_scale_and_leash_is_above_zero(IRobotTask task)
    {
        TaskDescription description = task.Description;
        Assert.That(
            description.Observation.Concat(description.Action).Select(channel => channel.Scale)
                .Concat(description.GoalLeash),
            Is.All.GreaterThan(0));
        Assert.That(description.GoalLeash, Has.Count.EqualTo(description.Joints.Count));
    }

    [TestCaseSource(nameof(Tasks))]
    public void Names_of_channels_are_distinct(IRobotTask task)
    {
        TaskDescription description = task.Description;
        Assert.That(description.Observation.Select(channel => channel.Name), Is.Unique);
        Assert.That(description.Action.Select(channel => channel.Name), Is.Unique);
        Assert.That(description.Start.Select(channel => channel.Name), Is.Unique);
    }

    [TestCaseSource(nameof(Tasks))]
    public void No_start_is_done_and_every_observation_is_of_order_one(IRobotTask task)
    {
        TaskDescription description = task.Description;
        for (int index = 0; index < 256; index++)
        {
            double[] start = new double[description.Start.Count];
            double[] position = new double[description.Joints.Count];
            double[] objects = new double[description.ObjectJoints.Count];
            float[] observation = new float[description.Observation.Count];
            task.DrawStart(5, index, start);
            task.Place(start, position, objects);
            var state = new TaskState
            {
                Position = position,
                Velocity = new double[position.Length],
                Goal = position,
                Objects = objects,
                Start = start,
                StepIndex = 0,
            };
            task.Observe(state, observation);
            Assert.That(task.Judge(state), Is.EqualTo(TaskOutcome.Running));
            for (int k = 0; k < observation.Length; k++)
            {
                TaskChannel channel = description.Observation[k];
                double seen = (observation[k] - channel.Offset) / channel.Scale;
                Assert.That(seen, Is.InRange(-4, 4), channel.Name);
            }
        }
    }

    [TestCaseSource(nameof(Tasks))]
    public void The_scene_is_embedded_and_is_mjcf(IRobotTask task) =>
        Assert.That(task.Description.ReadModel(), Does.Contain("<mujoco"));
}
