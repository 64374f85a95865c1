using HilRig.Core.Errors;

namespace HilRig.Tasks.Tests;

public sealed class TaskCatalogueTests
{
    [Test]
    public void An_unknown_task_is_refused_by_name() =>
        Assert.That(
            () => TaskCatalogue.Find("Juggle"),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("Juggle"));
}
