using HilRig.Learning.Agents;

namespace HilRig.Learning.Tests.Agents;

/// <summary>
/// One update of critics and actor against the formulas in double precision, differentiated by
/// another library.
/// </summary>
[CancelAfter(60_000)]
public sealed class ReferenceUpdateTests
{
    /// <summary>Single precision against double, relative to the largest slope.</summary>
    private const double Tolerance = 2e-5;

    private static readonly Dictionary<string, AgentOptions> Cases = new()
    {
        ["ibrl, soft"] = AgentCases.Small(LearningAlgorithm.Ibrl),
        ["ibrl, greedy"] = AgentCases.Small(LearningAlgorithm.Ibrl) with
        {
            Rule = SelectionRule.Greedy,
            SelectionMargin = 0.02,
        },
        ["ibrl, no proposal in the target"] = AgentCases.Small(LearningAlgorithm.Ibrl) with
        {
            BootstrapProposal = false,
        },
        ["ibrl, batched products"] = AgentCases.Small(LearningAlgorithm.Ibrl) with
        {
            BatchedCritics = true,
        },
        ["ibrl, quirks of the reference"] = AgentCases.Small(LearningAlgorithm.Ibrl) with
        {
            QuirksOfReference = true,
            ClipTargets = false,
            HiddenLayerCount = 3,
        },
        ["quirks, batched products"] = AgentCases.Small(LearningAlgorithm.Ibrl) with
        {
            QuirksOfReference = true,
            BatchedCritics = true,
        },
        ["td3"] = AgentCases.Small(LearningAlgorithm.Td3),
        ["rft"] = AgentCases.Small(LearningAlgorithm.Rft),
        ["rft, dropout, no filter"] = AgentCases.Small(LearningAlgorithm.Rft) with
        {
            ActorDropout = 0.25,
            CloningFilter = false,
        },
    };

    private static readonly string[] CaseNames = [.. Cases.Keys];

    private readonly Dictionary<string, Dictionary<string, ReferenceAnswer>> _answers = [];

    [OneTimeSetUp]
    public void AskTheScript()
    {
        ReferenceCase[] cases = [.. Cases.Values.Select(options => new ReferenceCase(options))];
        Dictionary<string, ReferenceAnswer>[] answers = ReferenceCase.Ask(cases);
        for (int i = 0; i < cases.Length; i++)
        {
            _answers[CaseNames[i]] = answers[i];
            cases[i].Dispose();
        }
    }

    [TestCaseSource(nameof(CaseNames))]
    public void Losses_and_gradients_are_those_of_the_formulas(string name)
    {
        using var reference = new ReferenceCase(Cases[name]);
        Dictionary<string, ReferenceAnswer> answer = _answers[name];
        Agent agent = reference.Agent;
        float[] critic = agent.Networks.Critic!.Values.ToArray();
        Assert.That(agent.UpdateCritic(reference.Batch), Is.EqualTo(UpdateStatus.Done));
        Assert.That(agent.Figures.CriticLoss, Is.EqualTo(answer["critic"].Loss).Within(1e-5));
        AssertNear(reference.FirstGradient("critic"), answer["critic"].Gradient);

        // The script's actor is judged by the critics before their update.
        critic.CopyTo(agent.Networks.Critic.Values);
        agent.Networks.Critic.Publish();
        Assert.That(
            agent.UpdateActor(reference.Batch, reference.Demonstrations),
            Is.EqualTo(UpdateStatus.Done));
        Assert.That(agent.Figures.ActorLoss, Is.EqualTo(answer["actor"].Loss).Within(1e-5));
        AssertNear(reference.FirstGradient("actor"), answer["actor"].Gradient);
    }

    private static void AssertNear(float[] found, double[] expected)
    {
        double largest = expected.Max(Math.Abs);
        Assert.That(largest, Is.GreaterThan(1e-4), "the case asks nothing");
        Assert.That(found, Has.Length.EqualTo(expected.Length));
        double worst = found.Zip(expected, (a, b) => Math.Abs(a - b)).Max();
        Assert.That(worst / largest, Is.LessThan(Tolerance));
    }
}
