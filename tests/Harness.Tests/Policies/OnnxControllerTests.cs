using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Time;
using HilRig.Harness.Controllers;
using HilRig.Harness.Policies;
using HilRig.Harness.Tests.Support;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Tests.Policies;

internal sealed class OnnxControllerTests
{
    private const string Manifest = "scenarios/so101/policies/hold.json";
    private const string Model = "scenarios/so101/policies/hold.onnx";
    private static readonly Tick AnyTick = new(0, 1, 1, 4_000_000, 0);

    private static ControllerSetting Setting(double rate = 250) => new()
    {
        Joints = Bounds.So101(),
        RateHertz = rate,
        StartPose = new double[6],
        DurationSeconds = 1,
    };

    private static OnnxController Create(double rate = 250) => new(
        PolicyManifest.Load(Repository.File(Manifest)), Repository.File(Model), Setting(rate));

    private static JointState State(double position)
    {
        var state = new JointState(6);
        Array.Fill(state.Position, position);
        Array.Fill(state.Velocity, 0);
        return state;
    }

    /// <summary>HILRIG_GOLDEN=write writes the file after a change to HoldPolicy.</summary>
    [Test]
    public void The_shipped_policy_is_what_its_recipe_writes()
    {
        if (Environment.GetEnvironmentVariable("HILRIG_GOLDEN") == "write")
        {
            File.WriteAllBytes(Repository.File(Model), HoldPolicy.Bytes());
        }

        Assert.That(File.ReadAllBytes(Repository.File(Model)), Is.EqualTo(HoldPolicy.Bytes()));
    }

    [Test]
    public void Goals_are_the_graphs_output_in_the_manifests_order_and_units()
    {
        using OnnxController controller = Create();
        JointState state = State(0);
        controller.Start(state);
        var command = new JointCommand(6);
        Assert.That(
            controller.Compute(AnyTick, 0, state, command), Is.EqualTo(ControllerStatus.Ok));

        // shoulder_lift: default −0.6, measured 0: −0.6 − 0.25 · tanh(0.6).
        Assert.That(command.Position[1], Is.EqualTo(-0.6 - 0.25 * Math.Tanh(0.6)).Within(1e-6));
        Assert.That(command.Position[0], Is.Zero.Within(1e-6));
    }

    [Test]
    public void A_call_allocates_nothing()
    {
        using OnnxController controller = Create();
        JointState state = State(0.1);
        controller.Start(state);
        var command = new JointCommand(6);
        for (int i = 0; i < 200; i++)
        {
            controller.Compute(AnyTick, 0, state, command);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            controller.Compute(AnyTick, 0, state, command);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void An_output_that_is_no_number_fails()
    {
        using OnnxController controller = Create();
        JointState state = State(double.NaN);
        controller.Start(state);
        Assert.That(
            controller.Compute(AnyTick, 0, state, new JointCommand(6)),
            Is.EqualTo(ControllerStatus.Failed));
    }

    [Test]
    public void Between_calls_of_a_slower_policy_the_goal_is_held()
    {
        using OnnxController controller = Create(rate: 500);
        controller.Start(State(0));
        var command = new JointCommand(6);
        controller.Compute(AnyTick, 0, State(0), command);
        double goal = command.Position[1];
        controller.Compute(AnyTick, 0, State(0.5), command);
        Assert.That(command.Position[1], Is.EqualTo(goal));
        controller.Compute(AnyTick, 0, State(0.5), command);
        Assert.That(command.Position[1], Is.Not.EqualTo(goal));
    }

    [Test]
    public void A_manifest_that_does_not_fit_the_graph_is_refused()
    {
        PolicyManifest manifest = PolicyManifest.Load(Repository.File(Manifest));
        Assert.That(
            () => new OnnxController(
                manifest with { Action = [.. manifest.Action.Skip(1)] },
                Repository.File(Model),
                Setting()),
            Throws.TypeOf<ScenarioException>().With.Message.Contains(
                "The policy's output does not fit its manifest"));
    }

    [Test]
    public void A_file_that_is_no_graph_is_refused() => Assert.That(
        () => new OnnxController(
            PolicyManifest.Load(Repository.File(Manifest)),
            Repository.File(Manifest),
            Setting()),
        Throws.TypeOf<ScenarioException>().With.Message.Contains("cannot be loaded"));

    [Test]
    public void A_joint_a_unit_and_a_rate_that_do_not_fit_are_refused_together()
    {
        string folder = Directory.CreateTempSubdirectory("hilrig").FullName;
        string path = Path.Combine(folder, "wrong.json");
        File.WriteAllText(path, """
            {
              "schema": 1, "name": "wrong", "model": "hold.onnx", "rateHertz": 100,
              "observation": [
                { "joint": "shoulder", "value": "Position", "unit": "rad", "offset": 0, "scale": 1 }
              ],
              "action": [ { "joint": "gripper", "unit": "m", "offset": 0, "scale": 1 } ]
            }
            """);
        var faults = new YamlFaults();
        new PolicyRecipe(path, "here").Check(Setting(), faults);
        Directory.Delete(folder, recursive: true);
        Assert.That(faults.All, Has.Count.EqualTo(3));
    }
}
