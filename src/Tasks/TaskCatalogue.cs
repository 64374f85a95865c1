using HilRig.Core.Errors;

namespace HilRig.Tasks;

/// <summary>The tasks by name.</summary>
public static class TaskCatalogue
{
    /// <summary>All tasks.</summary>
    public static IReadOnlyList<IRobotTask> All { get; } =
    [
        new Peg.PegInsert3Task(),
        new Drawer.DrawerHookTask(),
        new Pick.PickPlaceRingTask(),
        new Push.PushTTask(),
        new So101.So101ReachTask(),
        new So101.So101PushTask(),
    ];

    /// <summary>Finds a task.</summary>
    /// <param name="name">Its name; case does not matter.</param>
    /// <exception cref="ScenarioException">There is none of that name.</exception>
    public static IRobotTask Find(string name) =>
        All.FirstOrDefault(task => string.Equals(
            task.Description.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ScenarioException(
            "There is no such task",
            "--task",
            string.Join(", ", All.Select(task => task.Description.Name)),
            name);
}
