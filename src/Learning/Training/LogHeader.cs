using HilRig.Recording.Episodes;
using HilRig.Tasks;

namespace HilRig.Learning.Training;

/// <summary>The header of logs of a task's episodes.</summary>
internal static class LogHeader
{
    /// <summary>Makes it.</summary>
    /// <param name="task">The task.</param>
    public static EpisodeLogHeader Of(TaskDescription task) => new()
    {
        Task = task.Name,
        PeriodSeconds = task.PeriodSeconds,
        Observation = [.. task.Observation.Select(Channel)],
        Action = [.. task.Action.Select(Channel)],
    };

    private static EpisodeChannel Channel(TaskChannel channel) =>
        new(channel.Name, channel.Unit, channel.Offset, channel.Scale);
}
