using HilRig.Core.Errors;
using HilRig.Core.Sampling;
using HilRig.Learning.Onnx;
using HilRig.Tasks.Policies;

namespace HilRig.Learning.Tests.Onnx;

public sealed class HybridGraphTests
{
    private const int StateCount = 1000;

    [TestCase(PolicyProposals.ActorAndImitation, 1, 0f)]
    [TestCase(PolicyProposals.ActorAndImitation, 3, 0.01f)]
    [TestCase(PolicyProposals.ActorOnly, 1, 0f)]
    [TestCase(PolicyProposals.ImitationOnly, 2, 0f)]
    public void The_graph_says_what_the_networks_say(
        PolicyProposals proposals, int history, float margin)
    {
        HybridNetworks networks = Draw(proposals, history) with { SelectionMargin = margin };
        PolicyParity parity = Require(HybridGraph.Write(networks, "p"), networks);
        Assert.That(parity.StateCount, Is.EqualTo(StateCount));
        Assert.That(parity.LargestDifference, Is.LessThan(ParityGate.Tolerance));
    }

    [Test]
    public void Both_proposals_are_chosen_over_the_states()
    {
        HybridNetworks networks = Draw(PolicyProposals.ActorAndImitation, 1);
        var outputs = new HybridOutputs(StateCount, networks.ActionCount);
        new DenseReference(networks).Evaluate(States(networks), outputs);
        int actor = Enumerable.Range(0, StateCount).Count(
            row => outputs.ReinforcementValue[row] >= outputs.ImitationValue[row]);
        Assert.That(actor, Is.InRange(50, StateCount - 50));
    }

    /// <summary>Each layer in turn: one weight off by a hundredth.</summary>
    [Test]
    public void A_wrong_weight_anywhere_is_caught()
    {
        HybridNetworks networks = Draw(PolicyProposals.ActorAndImitation, 1);
        DenseLayer[] layers =
        [
            .. networks.Actor!, .. networks.Imitation!, .. networks.Critics.SelectMany(net => net),
        ];
        foreach (DenseLayer layer in layers)
        {
            float right = layer.Weight[0];
            layer.Weight[0] += 0.01f;
            byte[] graph = HybridGraph.Write(networks, "p");
            layer.Weight[0] = right;
            Assert.That(
                () => Require(graph, networks),
                Throws.TypeOf<RigException>().With.Message.Contains("does not say"),
                $"layer {Array.IndexOf(layers, layer)}");
        }
    }

    [Test]
    public void A_wrong_gain_and_a_wrong_offset_are_caught()
    {
        HybridNetworks networks = Draw(PolicyProposals.ActorAndImitation, 1);
        float[] gain = networks.Critics[4][1].Gain!;
        gain[3] += 0.01f;
        byte[] wrongGain = HybridGraph.Write(networks, "p");
        gain[3] -= 0.01f;
        byte[] wrongOffset = HybridGraph.Write(
            networks with { Offsets = [0.21f, .. networks.Offsets[1..]] }, "p");
        Assert.That(() => Require(wrongGain, networks), Throws.TypeOf<RigException>());
        Assert.That(() => Require(wrongOffset, networks), Throws.TypeOf<RigException>());
    }

    [Test]
    public void A_network_that_is_not_finite_is_refused()
    {
        HybridNetworks networks = Draw(PolicyProposals.ActorOnly, 1);
        networks.Actor![0].Bias[0] = float.NaN;
        Assert.That(
            () => Require(HybridGraph.Write(networks, "p"), networks),
            Throws.TypeOf<RigException>());
    }

    [Test]
    public void The_same_networks_give_the_same_bytes() =>
        Assert.That(
            HybridGraph.Write(Draw(PolicyProposals.ActorAndImitation, 1), "p"),
            Is.EqualTo(HybridGraph.Write(Draw(PolicyProposals.ActorAndImitation, 1), "p")));

    [Test]
    public void Layers_that_do_not_fit_are_refused()
    {
        HybridNetworks networks = Draw(PolicyProposals.ActorOnly, 1);
        Assert.That(
            () => HybridGraph.Write(networks with { History = 2 }, "p"),
            Throws.ArgumentException);
    }

    private static HybridNetworks Draw(PolicyProposals proposals, int history) =>
        RandomNetworks.Draw(
            new SlideTask().Description,
            proposals,
            new PolicySizes { Width = 16, History = history },
            seed: 7);

    private static PolicyParity Require(byte[] graph, HybridNetworks networks) =>
        ParityGate.Require(
            graph, new DenseReference(networks), States(networks), StateCount, networks);

    private static float[] States(HybridNetworks networks)
    {
        var random = new CounterRandom(3, 0);
        float[] states = new float[StateCount * networks.InputCount];
        for (int i = 0; i < states.Length; i++)
        {
            states[i] = (float)random.Symmetric((ulong)i);
        }

        return states;
    }
}
