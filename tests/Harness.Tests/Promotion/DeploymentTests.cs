using HilRig.Core.Errors;
using HilRig.Harness.Promotion;
using HilRig.Harness.Tests.Policies;
using HilRig.Tasks.Policies;

namespace HilRig.Harness.Tests.Promotion;

internal sealed class DeploymentTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private string _run = "";

    [SetUp]
    public void MakeRun()
    {
        _run = Directory.CreateTempSubdirectory("hilrig-").FullName;
        foreach (string name in new[] { "0001", "0002", "0003" })
        {
            string folder = Path.Combine(_run, "policies", name);
            Directory.CreateDirectory(folder);
            foreach (string file in Directory.GetFiles(PinnedPolicies.Folder("hybrid")))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }
        }
    }

    [TearDown]
    public void RemoveRun() => Directory.Delete(_run, recursive: true);

    [Test]
    public void What_is_promoted_is_deployed_and_rollback_goes_back_step_by_step()
    {
        Deployment deployment = Deployment.Open(_run);
        Assert.That(deployment.Current, Is.Null);
        foreach (string name in new[] { "0001", "0002", "0003" })
        {
            deployment.Promote(name, $"why {name}", Noon);
        }

        deployment.Rollback("it dropped the peg", Noon.AddHours(1));
        deployment.Rollback("that one too", Noon.AddHours(2));
        Deployment read = Deployment.Open(_run);
        Assert.That(read.Current!.Policy, Is.EqualTo("0001"));
        Assert.That(
            read.CurrentFolder, Is.EqualTo(Path.Combine(_run, "policies", "0001")));
        Assert.That(
            read.History.RolledBack.Select(entry => (entry.Policy, entry.Why)),
            Is.EqualTo(new[] { ("0003", "it dropped the peg"), ("0002", "that one too") }));
        Assert.That(
            read.Current.Sha256,
            Is.EqualTo(PinnedPolicies.Load("hybrid").Manifest.Sha256));
        Assert.That(() => read.Rollback("again", Noon), Throws.TypeOf<ScenarioException>()
            .With.Message.Contains("nothing to roll back to"));
    }

    [TestCase("")]
    [TestCase("0009")]
    [TestCase("../policies/0001")]
    public void A_policy_that_is_not_there_is_named(string policy) =>
        Assert.That(
            () => Deployment.Open(_run).Promote(policy, "x", Noon),
            Throws.TypeOf<ScenarioException>()
                .With.Message.Contains("0001, 0002, 0003"));

    [Test]
    public void A_damaged_policy_is_not_deployed_and_what_was_deployed_stays()
    {
        Deployment deployment = Deployment.Open(_run);
        deployment.Promote("0001", "first", Noon);
        Truncate("0002");
        Assert.That(
            () => deployment.Promote("0002", "x", Noon), Throws.InstanceOf<RigException>());
        Assert.That(Deployment.Open(_run).Current!.Policy, Is.EqualTo("0001"));
    }

    [Test]
    public void A_damaged_policy_is_not_rolled_back_to()
    {
        Deployment deployment = Deployment.Open(_run);
        deployment.Promote("0001", "first", Noon);
        deployment.Promote("0002", "second", Noon);
        Truncate("0001");
        Assert.That(
            () => deployment.Rollback("x", Noon), Throws.InstanceOf<RigException>());
        Assert.That(Deployment.Open(_run).Current!.Policy, Is.EqualTo("0002"));
    }

    [TestCase("{")]
    [TestCase("{\"schema\": 2, \"deployed\": [], \"rolledBack\": []}")]
    [TestCase("{\"schema\": 1, \"deployed\": []}")]
    [TestCase("null")]
    public void A_file_that_is_not_valid_is_named(string text)
    {
        string path = Path.Combine(_run, "policies", Deployment.FileName);
        File.WriteAllText(path, text);
        Assert.That(
            () => Deployment.Open(_run),
            Throws.TypeOf<ScenarioException>().With.Message.Contains(path));
    }

    [Test]
    public void A_folder_without_policies_is_named() =>
        Assert.That(
            () => Deployment.Open(Path.Combine(_run, "policies", "0001")),
            Throws.TypeOf<ScenarioException>());

    private void Truncate(string policy)
    {
        string path = Path.Combine(_run, "policies", policy, TaskPolicyFile.GraphName);
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
    }
}
