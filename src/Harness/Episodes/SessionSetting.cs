using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Harness.Episodes.RealTime;
using HilRig.Harness.Scenarios;
using HilRig.Tasks;

namespace HilRig.Harness.Episodes;

/// <summary>The task of a session on the joints of its rig. SI units.</summary>
public sealed record SessionSetting
{
    /// <summary>The task.</summary>
    public required IRobotTask Task { get; init; }

    /// <summary>All joints of the plant, in its order.</summary>
    public required IReadOnlyList<JointBounds> Joints { get; init; }

    /// <summary>Period of the control loop; the task's period is a whole multiple of it.</summary>
    public required TimeSpan LoopPeriod { get; init; }

    /// <summary>
    /// Sees the objects; null where nothing does: then an episode's objects are where its start
    /// card says, for as long as it lasts.
    /// </summary>
    public ISceneSensor? Scene { get; init; }

    /// <summary>The operator's hand while correcting; null for none: the arm stands still.
    /// </summary>
    public IActionSource? Hand { get; init; }

    /// <summary>
    /// Age beyond which places of objects are worthless: the episode breaks off. Default 0.2 s.
    /// </summary>
    public TimeSpan SceneAgeMax { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>
    /// Part of a task's period in which a faster loop brings a new goal to the joints, (0, 1];
    /// smaller is stiffer, nearer to simulation. Default 0.5.
    /// </summary>
    public double BlendFraction { get; init; } = 0.5;

    /// <summary>Joints of the plant that the task drives, in its order. Shape [dof].</summary>
    internal int[] PlantJointOfTask { get; private init; } = [];

    /// <summary>Places of the task's objects in the sensor's span. Shape [object].</summary>
    internal int[] SensorObjectOfTask { get; private init; } = [];

    /// <summary>Time between two actions, ns.</summary>
    internal long TaskPeriodNanoseconds =>
        (long)Math.Round(Task.Description.PeriodSeconds * 1e9);

    /// <summary>Joints of the task, in its order.</summary>
    internal IReadOnlyList<JointBounds> TaskJoints =>
        [.. PlantJointOfTask.Select(index => Joints[index])];

    /// <summary>Velocity limits of the plant, rad/s or m/s. Shape [dof].</summary>
    internal double[] VelocityMax => [.. Joints.Select(joint => joint.Limits.VelocityMax)];

    /// <summary>Checks it and finds the joints.</summary>
    /// <exception cref="ScenarioException">The task does not fit the rig.</exception>
    public SessionSetting Check()
    {
        double ratio = Task.Description.PeriodSeconds / LoopPeriod.TotalSeconds;
        if (!(ratio >= 1 - 1e-9) || Math.Abs(ratio - Math.Round(ratio)) > 1e-6)
        {
            throw new ScenarioException(
                "The loop's rate does not fit the task's",
                Task.Description.Name,
                FormattableString.Invariant(
                    $"a whole multiple of {1 / Task.Description.PeriodSeconds:0.###} Hz"),
                FormattableString.Invariant($"{1 / LoopPeriod.TotalSeconds:0.###} Hz"));
        }

        if (!(BlendFraction > 0 && BlendFraction <= 1))
        {
            throw new ScenarioException(
                "The part of a period that a goal is blended in is out of range",
                nameof(BlendFraction),
                "(0, 1]",
                FormattableString.Invariant($"{BlendFraction}"));
        }

        return this with
        {
            PlantJointOfTask = Find(
                Task.Description.Joints, [.. Joints.Select(joint => joint.Name)], "joint", "rig"),
            SensorObjectOfTask = Scene is null ? [] : Find(
                Task.Description.ObjectJoints, Scene.Joints, "object", "scene"),
        };
    }

    private int[] Find(
        IReadOnlyList<string> wanted, IReadOnlyList<string> present, string what, string place)
    {
        int[] found = new int[wanted.Count];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = present.Select((name, index) => (name, index))
                .Where(item => item.name == wanted[i])
                .Select(item => item.index)
                .FirstOrDefault(-1);
            if (found[i] < 0)
            {
                throw new ScenarioException(
                    $"The {place} lacks a{(what == "object" ? "n" : "")} {what} of the task",
                    Task.Description.Name,
                    wanted[i],
                    string.Join(", ", present));
            }
        }

        return found;
    }
}
