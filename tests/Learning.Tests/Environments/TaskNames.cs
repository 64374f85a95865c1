using HilRig.Tasks;

namespace HilRig.Learning.Tests.Environments;

/// <summary>Every task's name, for fixtures that hold of all.</summary>
internal static class TaskNames
{
    public static IEnumerable<string> All() =>
        TaskCatalogue.All.Select(task => task.Description.Name);
}
