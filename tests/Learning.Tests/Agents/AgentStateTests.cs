using HilRig.Learning.Agents;

namespace HilRig.Learning.Tests.Agents;

public sealed class AgentStateTests
{
    [Test]
    public void A_state_put_into_a_fresh_agent_goes_on_bit_for_bit(
        [Values("Bc", "Td3", "Ibrl", "Rlpd", "Rft")] string algorithm)
    {
        AgentOptions options = AgentCases.Small(Enum.Parse<LearningAlgorithm>(algorithm));
        using Agent unbroken = Make(options, seed: 9);
        AgentCases.Train(unbroken, 0, 200);
        using Agent first = Make(options, seed: 9);
        AgentCases.Train(first, 0, 100);
        using Agent second = Make(options, seed: 9);
        for (int i = 0; i < first.Parts.Count; i++)
        {
            Assert.That(second.Parts[i].Name, Is.EqualTo(first.Parts[i].Name));
            first.Parts[i].Bytes.CopyTo(second.Parts[i].Bytes);
        }

        byte[] half = AgentCases.State(first);
        AgentCases.Train(second, 100, 100);

        Assert.That(AgentCases.State(second), Is.EqualTo(AgentCases.State(unbroken)));
        Assert.That(AgentCases.State(second), Is.Not.EqualTo(half));
    }

    [Test]
    public void Two_seeds_give_other_weights()
    {
        AgentOptions options = AgentCases.Small(LearningAlgorithm.Ibrl);
        using Agent one = Make(options, seed: 1);
        using Agent other = Make(options, seed: 2);
        Assert.That(
            other.Networks.Critic!.Values.ToArray(),
            Is.Not.EqualTo(one.Networks.Critic!.Values.ToArray()));
    }

    [Test]
    public void Names_of_the_parts_are_unique(
        [Values("Bc", "Td3", "Ibrl", "Rlpd", "Rft")] string algorithm)
    {
        AgentOptions options = AgentCases.Small(Enum.Parse<LearningAlgorithm>(algorithm));
        using Agent agent = Make(options, seed: 1);
        Assert.That(agent.Parts.Select(part => part.Name), Is.Unique);
    }

    private static Agent Make(AgentOptions options, ulong seed) =>
        new(options, AgentCases.ObservationCount, AgentCases.ActionCount, seed);
}
