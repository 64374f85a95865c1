using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Tasks;

namespace HilRig.Learning.Environments;

/// <summary>Records the scripted demonstrator of a task in simulation.</summary>
public static class DemonstrationRecorder
{
    /// <summary>Records successes; what fails is left out, as a person would.</summary>
    /// <param name="task">The task.</param>
    /// <param name="seed">Seed of starts and of the script's imperfections.</param>
    /// <param name="count">Successes wanted.</param>
    /// <exception cref="ScenarioException">Most attempts fail.</exception>
    public static IReadOnlyList<Episode> Record(IRobotTask task, ulong seed, int count)
    {
        ArgumentNullException.ThrowIfNull(task);
        var simulation = new TaskSimulation(task);
        var episodes = new List<Episode>();
        for (long index = 0; episodes.Count < count; index++)
        {
            if (index > 20 && index > 4L * count)
            {
                throw new ScenarioException(
                    "The demonstrator of a task fails too often",
                    task.Description.Name,
                    $"{count} successes",
                    $"{episodes.Count} of {index}");
            }

            Episode episode = RecordOne(simulation, seed, index);
            if (episode.Verdict == EpisodeVerdict.Success)
            {
                episodes.Add(episode);
            }
        }

        return episodes;
    }

    /// <summary>Records one attempt, whatever comes of it.</summary>
    /// <param name="simulation">Env of the task.</param>
    /// <param name="seed">Seed of starts and imperfections.</param>
    /// <param name="index">Index of the start and of the attempt.</param>
    public static Episode RecordOne(TaskSimulation simulation, ulong seed, long index)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        IRobotTask task = simulation.Task;
        IDemonstrator demonstrator = task.CreateDemonstrator(seed, index);
        var builder = new EpisodeBuilder();
        Span<float> action = stackalloc float[task.Description.Action.Count];
        simulation.Reset(seed, index);
        builder.Begin(simulation.Observation);
        while (true)
        {
            demonstrator.Act(simulation.State, action);
            TaskStep step = simulation.Step(action);
            builder.Add(
                action,
                Proposer.Script,
                (float.NaN, float.NaN),
                StepFlags.None,
                simulation.Observation);
            if (step.IsOver)
            {
                return builder.Build(
                    task.Description.Name,
                    EpisodePurpose.Demonstration,
                    (seed, index),
                    step.End,
                    step.Verdict);
            }
        }
    }
}
