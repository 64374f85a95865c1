using HilRig.Testing;
using HilRig.Testing.Verdicts;

namespace HilRig.Scenarios.Tests.Verdicts;

public sealed class ScenarioFactsTests
{
    private string _folder = "";

    [SetUp]
    public void Make_a_folder() =>
        _folder = Directory.CreateTempSubdirectory("hilrig-facts-").FullName;

    [TearDown]
    public void Remove_it() => Directory.Delete(_folder, recursive: true);

    [TestCase("buses:\n  servo: { port: /dev/ttyACM0 }\n", true)]
    [TestCase("buses:\n  servo: { port: virtual }\n", false)]
    [TestCase("buses:\n  servo: { port: tcp://localhost:1 }\nvirtual:\n  seed: 1\n", false)]
    public void A_rig_with_a_virtual_arm_is_no_hardware(string rig, bool expected)
    {
        Write("rig.yaml", rig);
        ScenarioFacts facts = ScenarioFacts.Read(Scenario("rig: rig.yaml\n"));
        Assert.That(facts.DrivesHardware, Is.EqualTo(expected));
    }

    [Test]
    public void A_rig_of_the_suite_replaces_the_scenario_s_own()
    {
        Write("virtual.yaml", "virtual:\n");
        Write("real.yaml", "buses:\n");
        ScenarioCase scenario = Scenario("rig: virtual.yaml\n") with
        {
            Rig = Path.Combine(_folder, "real.yaml"),
        };
        Assert.That(ScenarioFacts.Read(scenario).DrivesHardware, Is.True);
    }

    [Test]
    public void A_rig_that_cannot_be_read_is_no_excuse() =>
        Assert.That(ScenarioFacts.Read(Scenario("rig: none.yaml\n")).DrivesHardware, Is.False);

    [Test]
    public void The_shipped_rigs_are_told_apart()
    {
        string rigs = RepositoryFolder("rigs");
        Assert.That(ScenarioFacts.IsHardware(Path.Combine(rigs, "so101-virtual.yaml")), Is.False);
        Assert.That(ScenarioFacts.IsHardware(Path.Combine(rigs, "so101-usb.yaml")), Is.True);
    }

    [Test]
    [NonParallelizable]
    public void A_recording_needs_the_data_folder()
    {
        const string variable = "HILRIG_DATA";
        ScenarioCase scenario = Scenario("plant:\n  type: recorded\n  log: xl330/a.csv\n");
        string? before = Environment.GetEnvironmentVariable(variable);
        try
        {
            Environment.SetEnvironmentVariable(variable, _folder);
            Assert.That(ScenarioFacts.Read(scenario).MissingInput, Is.Null);
            Environment.SetEnvironmentVariable(variable, Path.Combine(_folder, "none"));
            Assert.That(ScenarioFacts.Read(scenario).MissingInput?.Name, Is.EqualTo("data"));
            Environment.SetEnvironmentVariable(variable, null);
            Assert.That(ScenarioFacts.Read(scenario).MissingInput?.Reason, Does.Contain(variable));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }

    private static string RepositoryFolder(string name)
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder!, "HilRig.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder!, name);
    }

    private ScenarioCase Scenario(string text)
    {
        Write("a.yaml", text);
        return new() { Name = "a", Path = Path.Combine(_folder, "a.yaml") };
    }

    private void Write(string name, string text) =>
        File.WriteAllText(Path.Combine(_folder, name), text);
}
