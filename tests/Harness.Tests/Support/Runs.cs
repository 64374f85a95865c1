using HilRig.Core.Ports;
using HilRig.Harness.Running;
using HilRig.Harness.Scenarios;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Tests.Support;

/// <summary>
/// Short runs of small scenarios on fake plants and a fake clock: no test sleeps.
/// </summary>
internal static class Runs
{
    public const string Steps = """
        schema: 1
        name: small
        rig: rig.yaml
        rate: 250 Hz
        approach: { pose: { a: 0.5 rad, b: 0 rad }, time: 0.4 s, settle: 0.1 s }
        controller:
          type: stimulus
          joints:
            a: { type: sine, amplitude: 0.2 rad, frequency: 1 Hz, cycles: 2 }
            b: { type: step, at: 0.5 s, to: 0.3 rad }
        duration: 2 s

        """;

    public static readonly string[] Joints = ["a", "b"];

    public static ScenarioPlan Plan(string text) => ScenarioPlan.Make(
        new ScenarioReader(ScenarioTypes.CreateDefault()).Read(
            YamlDocument.Parse(text, "small.yaml")),
        new Surroundings
        {
            Joints = [Bounds.Of("a"), Bounds.Of("b")],
            Capabilities = ["position"],
        });

    public static RunParts Parts(
        ScenarioPlan plan, FakePlant plant, IPlant? twin, MemorySink sink, FakeClock clock) => new()
        {
            Plan = plan,
            Plant = plant,
            Twin = twin,
            Sink = sink,
            Clock = clock,
            RigName = "fake",
            RigSha256 = "00",
            Diagnose = () => "servo 3 fell silent",
        };
}
