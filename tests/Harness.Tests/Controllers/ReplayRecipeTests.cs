using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Time;
using HilRig.Harness.Controllers;
using HilRig.Harness.Running;
using HilRig.Harness.Scenarios;
using HilRig.Harness.Tests.Support;
using HilRig.Recording.ServoLogs;
using HilRig.Recording.Ticks;

namespace HilRig.Harness.Tests.Controllers;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ReplayRecipeTests : IDisposable
{
    private const string Log = """
        t,goal_position,position,speed,torque_enable,present_pwm,input_volts,temp
        0.1000,0.10,0.0,0.0,1,0,7.3,28
        0.1050,0.11,0.0,0.0,1,0,7.3,28
        0.1110,0.12,0.0,0.0,0,0,7.3,28
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("hilrig").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<string> RecordedScenarios() => Repository.Scenarios()
        .Where(file => file.Contains("recorded", StringComparison.Ordinal));

    [Test]
    public void The_last_goal_holds_until_the_next_row_and_torque_follows_the_log()
    {
        string path = Path.Combine(_folder, "log.csv");
        File.WriteAllText(path, Log);
        ControllerSetting setting = Setting(path);
        using IController controller = new ReplayRecipe(null, null, "x").Create(setting);
        controller.Start(new JointState(1));
        var command = new JointCommand(1);
        var seen = new List<(double, bool, ControllerStatus)>();
        foreach (long milliseconds in new[] { 0, 4, 5, 10, 11, 12 })
        {
            ControllerStatus status = controller.Compute(
                default(Tick), milliseconds * 1_000_000, new JointState(1), command);
            seen.Add((command.Position[0], command.TorqueEnabled[0], status));
        }

        Assert.That(seen, Is.EqualTo(new[]
        {
            (0.10, true, ControllerStatus.Ok),
            (0.10, true, ControllerStatus.Ok),
            (0.11, true, ControllerStatus.Ok),
            (0.11, true, ControllerStatus.Ok),
            (0.12, false, ControllerStatus.Ok),
            (0.12, false, ControllerStatus.Done),
        }));
    }

    [Test]
    public void A_replay_on_a_rig_that_breaks_a_limit_is_refused_beforehand()
    {
        File.WriteAllText(
            Path.Combine(_folder, "log.csv"),
            Log.Replace("0.12,", "9.0,", StringComparison.Ordinal));
        ScenarioException? error = Assert.Throws<ScenarioException>(() => Plan("log.csv"));
        Assert.That(error!.Message, Does.Contain("breaks its position limit"));
    }

    [Test]
    public void A_log_of_one_servo_says_which_joint_of_a_rig_it_commands()
    {
        File.WriteAllText(Path.Combine(_folder, "log.csv"), Log);
        ScenarioException? error = Assert.Throws<ScenarioException>(
            () => Plan("log.csv", joint: null));
        Assert.That(error!.Message, Does.Contain("does not say which joint it commands"));
    }

    [Test]
    public void An_absent_log_is_refused() => Assert.That(
        () => Plan("none.csv"), Throws.TypeOf<ScenarioException>());

    [Test]
    [CancelAfter(60_000)]
    public void A_run_can_be_replayed_from_its_own_recording()
    {
        var clock = new FakeClock();
        ScenarioPlan plan = Runs.Plan(Runs.Steps);
        string path = Path.Combine(_folder, "run.mcap");
        using (McapTelemetrySink sink = McapTelemetrySink.Create(path, Header(plan), clock))
        {
            new ScenarioRunner(Runs.Parts(
                plan,
                new FakePlant(Runs.Joints, 0.02, clock) { Initial = [0, 0] },
                null,
                new MemorySink(),
                clock) with
            { Sink = sink }).Run(CancellationToken.None);
        }

        ScenarioPlan replay = Plan("run.mcap");
        using IController original = plan.Scenario.Controller.Create(plan.Setting);
        using IController again = replay.Scenario.Controller.Create(replay.Setting);
        var expected = new JointCommand(2);
        var found = new JointCommand(2);
        Assert.That(replay.Setting.StartPose, Is.EqualTo(new[] { 0.5, 0.0 }).Within(1e-9));
        for (long t = 0; t < 1_990_000_000; t += 4_000_000)
        {
            original.Compute(default, t, new JointState(2), expected);
            again.Compute(default, t, new JointState(2), found);
            Assert.That(found.Position, Is.EqualTo(expected.Position).Within(1e-9));
        }
    }

    [TestCaseSource(nameof(RecordedScenarios))]
    public void A_recorded_scenario_finds_its_log_and_lasts_as_long(string file)
    {
        Scenario scenario = Scenario.Load(Repository.File(file));
        string path = Requirement.DataPath(scenario.Recorded!.Log);
        ScenarioPlan plan = ScenarioPlan.Make(scenario, new Surroundings
        {
            Joints = Setting(path).Joints,
            RecordedLogPath = path,
        });
        ServoLog log = ServoLogReader.Read(path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.DurationNanoseconds, Is.EqualTo(long.MaxValue), "the log ends it");
            Assert.That(
                scenario.Controller.NaturalSeconds(plan.Setting),
                Is.EqualTo(log.Duration.TotalSeconds).Within(1e-6));
            Assert.That(plan.Setting.StartPose[0], Is.EqualTo(log.GoalPositionRadians[0]));
        }
    }

    private static ControllerSetting Setting(string path) => new()
    {
        Joints =
        [
            new JointBounds(
                "joint",
                JointKind.Revolute,
                new JointLimits(
                    double.NegativeInfinity,
                    double.PositiveInfinity,
                    double.PositiveInfinity,
                    double.PositiveInfinity),
                double.PositiveInfinity),
        ],
        RateHertz = 200,
        StartPose = [double.NaN],
        DurationSeconds = double.NaN,
        RecordedLogPath = path,
    };

    private ScenarioPlan Plan(string log, string? joint = "a")
    {
        string line = joint is null ? "" : $", joint: {joint}";
        string text = $$"""
            schema: 1
            name: again
            rig: rig.yaml
            rate: 250 Hz
            controller: { type: replay, log: {{log}}{{line}} }
            """;
        return ScenarioPlan.Make(
            new ScenarioReader(ScenarioTypes.CreateDefault()).Read(
                HilRig.Harness.Yaml.YamlDocument.Parse(text, "again.yaml")),
            new Surroundings
            {
                Joints = [Bounds.Of("a"), Bounds.Of("b")],
                DataFolder = _folder,
            });
    }

    private static RecordingHeader Header(ScenarioPlan plan) => new()
    {
        RunId = "1",
        ScenarioName = plan.Scenario.Name,
        ScenarioText = plan.Scenario.Text,
        RigName = "fake",
        RigText = "",
        RigHash = "",
        Joints = [.. plan.Setting.Joints.Select(
            joint => new RecordedJoint(joint.Name, joint.Kind))],
    };
}
