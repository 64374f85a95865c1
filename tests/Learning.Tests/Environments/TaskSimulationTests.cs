using HilRig.Core.Episodes;
using HilRig.Core.Sampling;
using HilRig.Learning.Environments;
using HilRig.Tasks;

namespace HilRig.Learning.Tests.Environments;

[TestFixtureSource(typeof(TaskNames), nameof(TaskNames.All))]
public sealed class TaskSimulationTests(string name)
{
    private readonly IRobotTask _task = TaskCatalogue.Find(name);

    [Test]
    public void The_same_start_and_actions_give_the_same_bits()
    {
        var simulation = new TaskSimulation(_task);
        Episode first = DemonstrationRecorder.RecordOne(simulation, 4, 2);
        _ = DemonstrationRecorder.RecordOne(simulation, 4, 3);
        Episode again = DemonstrationRecorder.RecordOne(simulation, 4, 2);
        Episode elsewhere = DemonstrationRecorder.RecordOne(new TaskSimulation(_task), 4, 2);
        Assert.Multiple(() =>
        {
            Assert.That(again.Observations, Is.EqualTo(first.Observations));
            Assert.That(elsewhere.Observations, Is.EqualTo(first.Observations));
        });
    }

    [Test]
    public void Executed_actions_lead_through_the_recorded_observations()
    {
        var simulation = new TaskSimulation(_task);
        Episode episode = DemonstrationRecorder.RecordOne(simulation, 6, 1);
        simulation.Reset(episode.StartSeed, episode.StartIndex);
        for (int step = 0; step < episode.StepCount; step++)
        {
            Assert.That(
                simulation.Observation.SequenceEqual(episode.Observation(step)), $"step {step}");
            TaskStep now = simulation.Step(episode.Action(step));
            Assert.That(now.IsOver, Is.EqualTo(step == episode.StepCount - 1));
        }

        Assert.That(simulation.Observation.SequenceEqual(episode.Observation(episode.StepCount)));
    }

    [Test]
    public void The_demonstrator_succeeds_and_random_actions_do_not()
    {
        const int Count = 60;
        var simulation = new TaskSimulation(_task);
        int shown = Enumerable.Range(0, Count).Count(index =>
            DemonstrationRecorder.RecordOne(simulation, 1, index).Verdict
            == EpisodeVerdict.Success);
        int lucky = Enumerable.Range(0, Count).Count(index => PlayRandom(simulation, index));
        Assert.Multiple(() =>
        {
            Assert.That(shown, Is.GreaterThanOrEqualTo(0.95 * Count));
            Assert.That(lucky, Is.Zero);
        });
    }

    [Test]
    public void An_episode_of_nothing_times_out_and_is_no_end()
    {
        var simulation = new TaskSimulation(_task);
        float[] nothing = new float[_task.Description.Action.Count];
        simulation.Reset(1, 0);
        TaskStep step = default;
        while (!step.IsOver)
        {
            step = simulation.Step(nothing);
        }

        Assert.Multiple(() =>
        {
            Assert.That(step.TimedOut);
            Assert.That(step.End, Is.EqualTo(EpisodeEnd.TimedOut));
            Assert.That(step.Verdict, Is.EqualTo(EpisodeVerdict.Failure));
            Assert.That(simulation.StepIndex, Is.EqualTo(_task.Description.EpisodeSteps));
        });
    }

    [Test]
    public void A_step_allocates_nothing()
    {
        var simulation = new TaskSimulation(_task);
        IDemonstrator demonstrator = _task.CreateDemonstrator(1, 0);
        float[] action = new float[_task.Description.Action.Count];
        for (int warmUp = 0; warmUp < 2; warmUp++)
        {
            simulation.Reset(1, 0);
            Play(simulation, demonstrator, action, 10);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        simulation.Reset(1, 1);
        Play(simulation, demonstrator, action, 15);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void Play(
        TaskSimulation simulation, IDemonstrator demonstrator, float[] action, int steps)
    {
        for (int k = 0; k < steps; k++)
        {
            demonstrator.Act(simulation.State, action);
            simulation.Step(action);
        }
    }

    private static bool PlayRandom(TaskSimulation simulation, int index)
    {
        var random = new CounterRandom(9, (ulong)index);
        ulong count = 0;
        float[] action = new float[simulation.Task.Description.Action.Count];
        simulation.Reset(2, index);
        while (true)
        {
            for (int k = 0; k < action.Length; k++)
            {
                action[k] = (float)random.Symmetric(count++);
            }

            TaskStep step = simulation.Step(action);
            if (step.IsOver)
            {
                return step.Outcome == TaskOutcome.Success;
            }
        }
    }
}
