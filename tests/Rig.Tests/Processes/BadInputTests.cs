namespace HilRig.Rig.Tests.Processes;

/// <summary>What `hilrig` says to a person who got something wrong, and its exit code.</summary>
public sealed class BadInputTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("hilrig-bad-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void An_unknown_option_is_64_and_says_where_to_look()
    {
        (int code, _, string error) = HilrigRun.ToEnd("run", "x.yaml", "--jsn");

        Assert.That(code, Is.EqualTo(64));
        Assert.That(error, Does.Contain("--jsn").And.Contain("--help"));
    }

    [Test]
    public void No_scenario_is_64() => Assert.That(HilrigRun.ToEnd("run").ExitCode, Is.EqualTo(64));

    [TestCase("rate: 250 Hz", "rate: 250 ms", "Hz")]
    [TestCase("rate: 250 Hz", "ratte: 250 Hz", "ratte")]
    [TestCase("rate: 250 Hz", "rate: 2 Hz", "deadman")]
    [TestCase("shoulder_lift: [{", "shoulder_left: [{", "shoulder_left")]
    [TestCase("amplitude: 0.1 rad", "amplitude: 3 rad", "limit")]
    [TestCase("so101-virtual.yaml", "absent.yaml", "absent.yaml")]
    [TestCase("type: sine", "type: sinus", "sinus")]
    public void A_wrong_scenario_is_64_and_nothing_starts(string right, string wrong, string says)
    {
        string text = File.ReadAllText(Repository.File("tests/Rig.Tests/Processes/hold.yaml"))
            .Replace("../../../rigs", Repository.File("rigs"), StringComparison.Ordinal);
        Assert.That(text, Does.Contain(right), "the test's own text is stale");
        string path = Path.Combine(_folder, "scenario.yaml");
        File.WriteAllText(path, text.Replace(right, wrong, StringComparison.Ordinal));

        (int code, string output, string error) = HilrigRun.ToEnd(
            "run", path, "--out", _folder, "--json");

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(64), error);
            Assert.That(error, Does.Contain(says));
            Assert.That(output, Is.Empty.Or.EqualTo(Environment.NewLine));
            Assert.That(Directory.GetDirectories(_folder), Is.Empty);
        });
    }

    [TestCase("model: ../models/so101.xml", "model: ../models/absent.xml", "absent.xml")]
    [TestCase("model: ../models/so101-hidden.xml", "model: ../models/absent.xml", "absent.xml")]
    [TestCase("zeroKeyframe: zero", "zeroKeyframe: nought", "nought")]
    [TestCase("name: elbow_flex", "name: elbow", "elbow_flex")]
    public void A_rig_that_does_not_fit_its_models_is_64(string right, string wrong, string says)
    {
        string text = File.ReadAllText(Repository.File("rigs/so101-virtual.yaml"));
        Assert.That(text, Does.Contain(right), "the test's own text is stale");
        text = text.Replace(right, wrong, StringComparison.Ordinal)
            .Replace("../models/", Repository.File("models/"), StringComparison.Ordinal)
            .Replace("servos/", Repository.File("rigs/servos/"), StringComparison.Ordinal);
        string path = Path.Combine(_folder, "rig.yaml");
        File.WriteAllText(path, text);

        (int code, _, string error) = HilrigRun.ToEnd(
            "run",
            Repository.File("tests/Rig.Tests/Processes/hold.yaml"),
            "--rig", path, "--out", _folder);

        Assert.That(code, Is.EqualTo(64), error);
        Assert.That(error, Does.Contain(says));
    }

    [Test]
    [Platform("Linux")]
    public void An_absent_port_is_a_rig_error_that_names_it()
    {
        string text = File.ReadAllText(Repository.File("rigs/so101-usb.yaml"))
            .Replace("/dev/ttyACM0", "/dev/ttyABSENT", StringComparison.Ordinal)
            .Replace("../models/", Repository.File("models/"), StringComparison.Ordinal);
        string path = Path.Combine(_folder, "rig.yaml");
        File.WriteAllText(path, text);

        (int code, string output, string error) = HilrigRun.ToEnd(
            "run",
            Repository.File("tests/Rig.Tests/Processes/hold.yaml"),
            "--rig", path, "--out", _folder, "--json");

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(50), error);
            Assert.That(output, Does.Contain("RigError").And.Contain("/dev/ttyABSENT"));
        });
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_recording_has_no_agent(bool isInFile)
    {
        string scenario = Path.Combine(_folder, "recording.yaml");
        string text = File.ReadAllText(
            Repository.File("scenarios/recorded/xl330-gain100-sin-sin.yaml"));
        text = text.Replace("../../models", Repository.File("models"), StringComparison.Ordinal);
        File.WriteAllText(scenario, text + (isInFile ? "\nagent: rig\n" : "\n"));
        string[] agent = isInFile ? [] : ["--agent", "rig"];
        (int code, string output, string error) = HilrigRun.ToEnd(
            ["run", scenario, "--data", _folder, "--out", _folder, .. agent]);

        Assert.That(code, Is.EqualTo(64), output + error);
        Assert.That(output + error, Does.Contain("has no agent"));
    }

    [Test]
    public void Absent_recordings_are_skipped_with_a_reason()
    {
        (int code, string output, _) = HilrigRun.ToEnd(
            "run",
            Repository.File("scenarios/recorded/xl330-gain100-sin-sin.yaml"),
            "--data", _folder, "--out", _folder, "--json");

        // Where recordings are required, their absence is an error, not a skip.
        string required = Environment.GetEnvironmentVariable("HILRIG_REQUIRE") ?? "";
        Assert.That(
            code, Is.EqualTo(required.Contains("data", StringComparison.Ordinal) ? 50 : 20));
        Assert.That(output, Does.Contain("skipped: there is no recording"));
    }
}
