using System.Text;
using HilRig.Core.Errors;
using HilRig.Tasks.Policies;

namespace HilRig.Tasks.Tests.Policies;

public sealed class TaskPolicyFileTests
{
    private static readonly string Valid =
        Encoding.UTF8.GetString(TaskPolicyFile.Encode(Manifests.Hybrid));

    [Test]
    public void What_is_written_is_read_again()
    {
        TaskPolicyFile read = Decode(Valid);
        Assert.That(Encoding.UTF8.GetString(read.EncodeManifest()), Is.EqualTo(Valid));
        Assert.That(read.Manifest.Observation, Is.EqualTo(Manifests.Hybrid.Observation));
        Assert.That(read.Manifest.DefaultPose, Is.EqualTo(Manifests.Hybrid.DefaultPose));
    }

    [Test]
    public void A_truncated_graph_is_refused_by_its_hash() =>
        Assert.That(
            () => TaskPolicyFile.Decode(
                Encoding.UTF8.GetBytes(Valid), Manifests.Graph.AsMemory(0, 3), "p"),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("truncated"));

    [Test]
    public void A_manifest_cut_anywhere_is_refused()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Valid.TrimEnd());
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.That(
                () => TaskPolicyFile.Decode(bytes.AsMemory(0, length), Manifests.Graph, "p"),
                Throws.TypeOf<ScenarioException>(),
                $"{length} bytes");
        }
    }

    [Test]
    public void A_policy_of_a_scenario_is_refused_by_name() =>
        Assert.That(
            () => Decode("""{ "schema": 1, "name": "hold", "model": "hold.onnx" }"""),
            Throws.TypeOf<ScenarioException>()
                .With.Message.Contains("schema 1, a policy of a scenario"));

    [TestCase("\"history\": 1", "\"history\": 0", "history 0")]
    [TestCase("\"periodSeconds\": 0.05", "\"periodSeconds\": 0", "period")]
    [TestCase("\"criticCount\": 5", "\"criticCount\": 0", "0 critics")]
    [TestCase("\"highest\": 1", "\"highest\": 0", "value range")]
    [TestCase("\"scale\": 0.5", "\"scale\": 0", "joint/x/velocity")]
    [TestCase("joint/y/position", "joint/x/position", "named twice")]
    [TestCase("\"history\": 1", "\"history\": 1, \"colour\": 2", "colour")]
    [TestCase("\"task\": \"Slide2\",", "", "task")]
    [TestCase("\"task\": \"Slide2\"", "\"task\": null", "ask")]
    [TestCase("ActorAndImitation", "Both", "proposals")]
    public void A_manifest_that_cannot_be_is_refused(string old, string changed, string named)
    {
        string text = Valid.Replace(old, changed, StringComparison.Ordinal);
        Assert.That(text, Is.Not.EqualTo(Valid));
        Assert.That(
            () => Decode(text),
            Throws.TypeOf<ScenarioException>().With.Message.Contains(named));
    }

    [Test]
    public void An_absent_folder_is_named() =>
        Assert.That(
            () => TaskPolicyFile.Load("nowhere/policy.json"),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("nowhere"));

    private static TaskPolicyFile Decode(string manifest) =>
        TaskPolicyFile.Decode(Encoding.UTF8.GetBytes(manifest), Manifests.Graph, "p");
}
