using HilRig.Core.Errors;
using HilRig.Learning.Agents;
using HilRig.Learning.Training;

namespace HilRig.Learning.Tests.Training;

public sealed class OptionTextTests
{
    private static readonly TrainingOptions Options = TinyRun.Options(LearningAlgorithm.Ibrl);

    [TestCase("Bc", "cpu")]
    [TestCase("Rft", "reference")]
    public void A_configuration_comes_back_from_its_text(string name, string preset)
    {
        var algorithm = Enum.Parse<LearningAlgorithm>(name);
        TrainingOptions options =
            Options with { Agent = AgentPresets.Create(algorithm, preset), Preset = preset };
        Assert.That(OptionText.Read(OptionText.Write(options), "test"), Is.EqualTo(options));
    }

    [Test]
    public void Options_of_run_and_agent_are_set_by_their_names()
    {
        TrainingOptions set = OptionText.Set(
            Options,
            ["finalStarts=7", "discount=0.5", "rule=greedy", "bootstrapProposal=false"]);

        Assert.That(set, Is.EqualTo(Options with
        {
            FinalStarts = 7,
            Agent = Options.Agent with
            {
                Discount = 0.5,
                Rule = SelectionRule.Greedy,
                BootstrapProposal = false,
            },
        }));
        Assert.That(OptionText.Sha256(set), Is.Not.EqualTo(OptionText.Sha256(Options)));
    }

    [TestCase("discoun=0.5", "discount")]
    [TestCase("evaluationStart=1", "evaluationStarts")]
    [TestCase("agent=1", "Found: agent")]
    [TestCase("discount", "discount=VALUE")]
    [TestCase("discount=much", "a number")]
    [TestCase("actorProposal=1", "true or false")]
    [TestCase("rule=random", "rule")]
    [TestCase("finalStarts=1.5", "finalStarts")]
    public void A_wrong_setting_is_named_with_what_is_near(string setting, string words) =>
        Assert.That(
            () => OptionText.Set(Options, [setting]),
            Throws.TypeOf<ScenarioException>()
                .With.Message.Contains("--set").And.Message.Contains(words));

    [Test]
    public void Options_out_of_range_are_named_together() =>
        Assert.That(
            () => (Options with { EvaluationStarts = 0, SnapshotSteps = 0, Demonstrations = 0 })
                .Validate(),
            Throws.TypeOf<ScenarioException>()
                .With.Message.Contains("starts at least 1")
                .And.Message.Contains("snapshotSteps")
                .And.Message.Contains("demonstrations"));
}
