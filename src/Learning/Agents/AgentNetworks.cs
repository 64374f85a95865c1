using HilRig.Core.Sampling;
using HilRig.Learning.Networks;
using HilRig.Learning.Optimization;
using static TorchSharp.torch;

namespace HilRig.Learning.Agents;

/// <summary>The networks of an agent and their optimisers.</summary>
internal sealed class AgentNetworks : IDisposable
{
    private readonly List<FlatParameters> _owned = [];
    private readonly List<AgentPart> _parts = [];

    /// <summary>Makes the networks that the algorithm needs, with weights of a seed.</summary>
    public AgentNetworks(
        AgentOptions options, int observationCount, int actionCount, ulong seed, Device device)
    {
        Device = device;
        Encoder = new StateEncoder(observationCount);
        var actorShape = new NetworkShape
        {
            InputCount = Encoder.FeatureCount,
            HiddenCount = options.HiddenCount,
            HiddenLayerCount = options.HiddenLayerCount,
            OutputCount = actionCount,
        };
        NetworkShape imitationShape = actorShape with
        {
            HiddenCount = options.ImitationHiddenCount,
            HiddenLayerCount = options.ImitationHiddenLayerCount,
        };
        NetworkShape criticShape = actorShape with
        {
            InputCount = Encoder.FeatureCount + actionCount,
            OutputCount = 1,
            MemberCount = options.CriticCount,
            LayerNormalised = true,
            QuirksOfReference = options.QuirksOfReference,
        };
        var critics = new NetworkLayout("critic", criticShape);
        bool taped = options.BatchedCritics || device.type != TorchSharp.DeviceType.CPU;
        ActorNetwork = MakeActor(new("actor", actorShape), taped);
        ImitationNetwork = MakeActor(new("imitation", imitationShape), taped);
        CriticNetwork = taped ? new BatchedCritics(critics) : new SeparateCritics(critics);
        (Imitation, ImitationAdam) = Trained(
            ImitationNetwork.Layout, options.ImitationLearningRate, seed, 3);
        if (options.UsesReinforcement)
        {
            (Actor, ActorAdam) = Trained(ActorNetwork.Layout, options.LearningRate, seed, 1);
            (Critic, CriticAdam) = Trained(critics, options.LearningRate, seed, 2);
            ActorTarget = Copy("actor.target", Actor);
            CriticTarget = Copy("critic.target", Critic);
            Pretrained = options.Algorithm == LearningAlgorithm.Rft
                ? Copy("actor.pretrained", Actor)
                : null;
        }
    }

    /// <summary>Where the weights are.</summary>
    public Device Device { get; }

    /// <summary>Makes features of observations.</summary>
    public IObservationEncoder Encoder { get; }

    /// <summary>How the actor computes.</summary>
    public IActorNetwork ActorNetwork { get; }

    /// <summary>How the imitation policy computes.</summary>
    public IActorNetwork ImitationNetwork { get; }

    /// <summary>How the critics compute.</summary>
    public ICriticEnsemble CriticNetwork { get; }

    /// <summary>Weights of the imitation policy.</summary>
    public FlatParameters Imitation { get; }

    /// <summary>Its optimiser.</summary>
    public FusedAdam ImitationAdam { get; }

    /// <summary>Weights of the actor; null in behaviour cloning.</summary>
    public FlatParameters? Actor { get; }

    /// <summary>Its optimiser.</summary>
    public FusedAdam? ActorAdam { get; }

    /// <summary>Weights of the actor's target.</summary>
    public FlatParameters? ActorTarget { get; }

    /// <summary>Weights of the critics; null in behaviour cloning.</summary>
    public FlatParameters? Critic { get; }

    /// <summary>Their optimiser.</summary>
    public FusedAdam? CriticAdam { get; }

    /// <summary>Weights of the critics' targets, which select and bootstrap.</summary>
    public FlatParameters? CriticTarget { get; }

    /// <summary>Weights of the actor after its pretraining; RFT alone has them.</summary>
    public FlatParameters? Pretrained { get; }

    /// <summary>All of their state.</summary>
    public IReadOnlyList<AgentPart> Parts => _parts;

    /// <summary>Brings weights that were put back to where they are used.</summary>
    public void Publish()
    {
        foreach (FlatParameters parameters in _owned)
        {
            parameters.Publish();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FlatParameters parameters in _owned)
        {
            parameters.Dispose();
        }

        CriticNetwork.Dispose();
        ActorNetwork.Dispose();
        ImitationNetwork.Dispose();
    }

    private static IActorNetwork MakeActor(NetworkLayout layout, bool taped) =>
        taped ? new DeviceActor(layout) : new HostActor(layout);

    private (FlatParameters Parameters, FusedAdam Adam) Trained(
        NetworkLayout layout, double learningRate, ulong seed, ulong stream)
    {
        var parameters = new FlatParameters(layout, Device, trained: true);
        float[] start = NetworkStart.Draw(layout, new CounterRandom(seed, stream));
        start.CopyTo(parameters.Values);
        parameters.Publish();
        var adam = new FusedAdam(layout.Count, learningRate);
        _owned.Add(parameters);
        _parts.Add(AgentPart.Of(layout.Name, parameters));
        _parts.AddRange(adam.Parts(layout.Name));
        return (parameters, adam);
    }

    private FlatParameters Copy(string name, FlatParameters original)
    {
        var copy = new FlatParameters(original.Layout, Device, trained: false);
        copy.CopyFrom(original);
        _owned.Add(copy);
        _parts.Add(AgentPart.Of(name, copy));
        return copy;
    }
}
