using HilRig.Core.Episodes;
using HilRig.Learning.Environments;
using HilRig.Tasks;

namespace HilRig.Learning.Tests.Environments;

[TestFixtureSource(typeof(TaskNames), nameof(TaskNames.All))]
public sealed class TaskBatchTests(string name)
{
    private readonly IRobotTask _task = TaskCatalogue.Find(name);

    [Test]
    public void Lanes_in_float_agree_with_the_env_in_double_on_nearly_all_starts()
    {
        // Noise of 0.25 makes the demonstrator fail or take another number of steps at some.
        const int Count = 64;
        var simulation = new TaskSimulation(_task);
        using var batch = new TaskBatch(_task, Count);
        PlayDemonstrators(batch, 11);
        int sameVerdicts = 0;
        int sameLengths = 0;
        for (int env = 0; env < Count; env++)
        {
            Episode episode = DemonstrationRecorder.RecordOne(simulation, 11, env);
            sameVerdicts += batch.Steps[env].Verdict == episode.Verdict ? 1 : 0;
            sameLengths += batch.StepCounts[env] == episode.StepCount ? 1 : 0;
        }

        TestContext.Out.WriteLine($"{sameVerdicts} verdicts, {sameLengths} lengths of {Count}");
        Assert.Multiple(() =>
        {
            Assert.That(sameVerdicts, Is.GreaterThanOrEqualTo(Count - 2));
            Assert.That(sameLengths, Is.GreaterThanOrEqualTo(Count - 12));
        });
    }

    [Test]
    public void An_env_does_not_depend_on_how_many_others_there_are()
    {
        using var few = new TaskBatch(_task, 3);
        using var many = new TaskBatch(_task, 21, threadCount: 2);
        PlayDemonstrators(few, 5);
        PlayDemonstrators(many, 5);
        for (int env = 0; env < few.EnvCount; env++)
        {
            Assert.That(many.Steps[env], Is.EqualTo(few.Steps[env]));
            Assert.That(many.StepCounts[env], Is.EqualTo(few.StepCounts[env]));
        }
    }

    [Test]
    public void An_env_that_is_over_stays_over_and_its_count_stands()
    {
        using var batch = new TaskBatch(_task, 4);
        PlayDemonstrators(batch, 5);
        int[] counts = batch.StepCounts.ToArray();
        batch.Step(new float[4 * _task.Description.Action.Count]);
        Assert.That(batch.StepCounts.ToArray(), Is.EqualTo(counts));
        Assert.That(batch.IsOver);
        batch.Reset(5, 0);
        Assert.That(batch.IsOver, Is.False);
    }

    private static void PlayDemonstrators(TaskBatch batch, ulong seed)
    {
        int width = batch.Task.Description.Action.Count;
        IDemonstrator[] demonstrators =
            [.. Enumerable.Range(0, batch.EnvCount)
                .Select(env => batch.Task.CreateDemonstrator(seed, env))];
        float[] actions = new float[batch.EnvCount * width];
        batch.Reset(seed, 0);
        while (!batch.IsOver)
        {
            for (int env = 0; env < batch.EnvCount; env++)
            {
                demonstrators[env].Act(batch.State(env), actions.AsSpan(env * width, width));
            }

            batch.Step(actions);
        }
    }
}
