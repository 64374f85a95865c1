using System.Diagnostics;
using HilRig.Core.Sampling;
using HilRig.Learning.Environments;
using HilRig.Tasks;

namespace HilRig.Learning.Tests.Environments;

/// <summary>Prints the figures of docs/tasks.md.</summary>
[Explicit("Measures")]
[Category("Nightly")]
public sealed class TaskFigures
{
    [TestCaseSource(typeof(TaskNames), nameof(TaskNames.All))]
    [CancelAfter(600_000)]
    public void Rates_and_times(string name)
    {
        IRobotTask task = TaskCatalogue.Find(name);
        var simulation = new TaskSimulation(task);
        int steps = 0;
        int successes = 0;
        int failures = 0;
        long successSteps = 0;
        TimeSpan began = Process.GetCurrentProcess().TotalProcessorTime;
        const int Episodes = 300;
        for (int index = 0; index < Episodes; index++)
        {
            Core.Episodes.Episode episode =
                DemonstrationRecorder.RecordOne(simulation, 1, index);
            steps += episode.StepCount;
            bool success = episode.Verdict == Core.Episodes.EpisodeVerdict.Success;
            successes += success ? 1 : 0;
            failures += episode.End == Core.Episodes.EpisodeEnd.FailureRule ? 1 : 0;
            successSteps += success ? episode.StepCount : 0;
        }

        double cpu = (Process.GetCurrentProcess().TotalProcessorTime - began).TotalSeconds;
        TestContext.Out.WriteLine(
            $"{name} {task.Description.Observation.Count}/{task.Description.Action.Count} script: "
            + $"{successes}/{Episodes}, failed {failures}, "
            + $"{successSteps / (double)Math.Max(1, successes):F1} steps; "
            + $"{1e6 * cpu / steps / task.Description.SubstepCount:F2} us a substep, "
            + $"{1e6 * cpu / steps:F0} us a step");
        Random(task);
    }

    private static void Random(IRobotTask task)
    {
        const int Envs = 500;
        using var batch = new TaskBatch(task, Envs);
        var random = new CounterRandom(3, 0);
        ulong count = 0;
        float[] actions = new float[Envs * task.Description.Action.Count];
        int successes = 0;
        TimeSpan began = Process.GetCurrentProcess().TotalProcessorTime;
        for (int round = 0; round < 4; round++)
        {
            batch.Reset(2, round * Envs);
            while (!batch.IsOver)
            {
                for (int k = 0; k < actions.Length; k++)
                {
                    actions[k] = (float)random.Symmetric(count++);
                }

                batch.Step(actions);
            }

            successes += batch.SuccessCount;
        }

        double cpu = (Process.GetCurrentProcess().TotalProcessorTime - began).TotalSeconds;
        TestContext.Out.WriteLine(
            $"{task.Description.Name} random: {successes}/{4 * Envs}, {cpu:F1} s of CPU");
    }
}
