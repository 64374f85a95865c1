using HilRig.Harness.Episodes.Notices;
using HilRig.Tasks;

namespace HilRig.Harness.Episodes;

/// <summary>The start of a wanted episode: poses of arm and objects.</summary>
internal sealed class StartPlan
{
    /// <summary>Draws the start.</summary>
    /// <param name="setting">Checked.</param>
    /// <param name="request">The wanted episode.</param>
    internal StartPlan(SessionSetting setting, EpisodeRequest request)
    {
        TaskDescription description = setting.Task.Description;
        Request = request;
        Start = new double[description.Start.Count];
        Objects = new double[description.ObjectJoints.Count];
        double[] pose = new double[description.Joints.Count];
        setting.Task.DrawStart(request.StartSeed, request.StartIndex, Start);
        setting.Task.Place(Start, pose, Objects);
        Pose = new double[setting.Joints.Count];
        Array.Fill(Pose, double.NaN);
        for (int i = 0; i < pose.Length; i++)
        {
            Pose[setting.PlantJointOfTask[i]] = pose[i];
        }
    }

    /// <summary>The wanted episode.</summary>
    internal EpisodeRequest Request { get; }

    /// <summary>The start, in the units of its channels. Shape [start].</summary>
    internal double[] Start { get; }

    /// <summary>Pose of the arm, NaN: anywhere, in the plant's order. Shape [dof].</summary>
    internal double[] Pose { get; }

    /// <summary>Places of the objects, in the task's order. Shape [object].</summary>
    internal double[] Objects { get; }

    /// <summary>The card for the operator.</summary>
    /// <param name="now">The instant, ns.</param>
    /// <param name="task">The task.</param>
    /// <param name="isRepeat">Whether this start is done again.</param>
    internal StartCard Card(long now, TaskDescription task, bool isRepeat) => new(now)
    {
        Task = task.Name,
        Purpose = Request.Purpose,
        PolicyName = Request.PolicyName,
        StartIndex = Request.StartIndex,
        IsRepeat = isRepeat,
        Items = [.. task.Start.Select((channel, index) =>
            new CardItem(channel.Name, channel.Unit, Start[index]))],
        Objects = Objects,
    };
}
