using HilRig.Learning.Snapshots;
using TorchSharp;
using static TorchSharp.torch;

namespace HilRig.Learning.Agents;

/// <summary>
/// A policy that learns: networks, updates and choice of BC, TD3, IBRL, RLPD and RFT. Takes
/// normalised, stacked observations. Not thread safe. All chance comes from its own counter, so
/// that <see cref="Parts"/> put into a fresh agent of the same options goes on bit for bit (on a
/// processor, one thread).
/// </summary>
internal sealed class Agent : IDisposable, IStateful
{
    /// <summary>Stream of the chance of updates.</summary>
    internal const ulong UpdateStream = 16;

    private const ulong FirstEpisodeStream = 1UL << 32;

    private readonly ulong[] _counters = new ulong[7];
    private readonly AgentNoise _actingNoise;
    private readonly AgentActing _acting;
    private readonly CriticUpdate? _criticUpdate;
    private readonly ActorUpdate? _actorUpdate;
    private readonly ImitationUpdate _imitationUpdate;

    /// <summary>Makes an agent with weights of a seed.</summary>
    /// <param name="options">What it is; validated here.</param>
    /// <param name="observationCount">Numbers of a stacked observation.</param>
    /// <param name="actionCount">Numbers of an action.</param>
    /// <param name="seed">Seed of weights and of all chance.</param>
    /// <param name="device">Where it computes; the processor by default.</param>
    public Agent(
        AgentOptions options,
        int observationCount,
        int actionCount,
        ulong seed,
        Device? device = null)
    {
        options.Validate();
        Options = options;
        TrustsActor = options.TrustShare == 0;
        ObservationCount = observationCount;
        ActionCount = actionCount;
        Networks = new(options, observationCount, actionCount, seed, device ?? CPU);
        var noise = new AgentNoise(seed, _counters.AsMemory(3, 2));
        noise.Begin(UpdateStream);
        var scratch = new AgentScratch(noise, Networks.Device);
        _actingNoise = new AgentNoise(seed, _counters.AsMemory(5, 2));
        _acting = new(this, _actingNoise, new AgentScratch(_actingNoise, Networks.Device));
        BeginEpisode(0);
        _imitationUpdate = new(this, scratch);
        if (options.UsesReinforcement)
        {
            _criticUpdate = new(this, noise, scratch);
            _actorUpdate = new(this, scratch);
        }

        Parts = [.. Networks.Parts, AgentPart.Of<ulong>("counters", _counters)];
    }

    /// <summary>What it is.</summary>
    public AgentOptions Options { get; }

    /// <summary>Numbers of a stacked observation.</summary>
    public int ObservationCount { get; }

    /// <summary>Numbers of an action.</summary>
    public int ActionCount { get; }

    /// <summary>Its networks, for export.</summary>
    public AgentNetworks Networks { get; }

    /// <summary>All of its state: weights, targets, optimisers, counters, chance.</summary>
    public IReadOnlyList<AgentPart> Parts { get; }

    /// <summary>Updates of the critics so far.</summary>
    public long CriticUpdateCount => (long)_counters[0];

    /// <summary>Updates of the actor so far, its pretraining included.</summary>
    public long ActorUpdateCount => (long)_counters[1];

    /// <summary>Updates of the imitation policy so far.</summary>
    public long ImitationUpdateCount => (long)_counters[2];

    /// <summary>β of the soft rule now.</summary>
    public double Softness
    {
        get
        {
            double share = Options.SoftnessUpdates == 0
                ? 1
                : Math.Min(1, CriticUpdateCount / (double)Options.SoftnessUpdates);
            return Options.SoftnessFirst
                * Math.Pow(Options.SoftnessLast / Options.SoftnessFirst, share);
        }
    }

    /// <summary>Value by which the actor must be better than the imitation policy now.</summary>
    public double SelectionMargin
    {
        get
        {
            double share = Options.SelectionMarginUpdates == 0
                ? 1
                : Math.Min(1, CriticUpdateCount / (double)Options.SelectionMarginUpdates);
            return Options.SelectionMarginFirst
                + (share * (Options.SelectionMargin - Options.SelectionMarginFirst));
        }
    }

    /// <summary>
    /// Whether the greedy policy may take the actor's proposals; set by who sees the episodes
    /// (<see cref="AgentOptions.TrustShare"/>).
    /// </summary>
    public bool TrustsActor { get; internal set; }

    /// <summary>
    /// The margin of greedy action: more than values can differ by while the actor is not trusted.
    /// </summary>
    public double GreedyMargin =>
        TrustsActor ? SelectionMargin : 2 * Options.DivergenceLimit;

    /// <summary>Figures of the last updates.</summary>
    public AgentFigures Figures { get; internal set; }

    /// <summary>
    /// Begins an episode: its exploration depends on seed and index alone, so that a resumed run
    /// needs not act again in episodes that are on disk.
    /// </summary>
    /// <param name="index">Index of the episode in the run.</param>
    public void BeginEpisode(long index) =>
        _actingNoise.Begin(FirstEpisodeStream + (ulong)index);

    /// <summary>Acts in some environments at once.</summary>
    /// <param name="observations">Normalised. Shape [row, observation].</param>
    /// <param name="mode">Who acts, and whether it explores.</param>
    /// <param name="result">Receives what is done.</param>
    public void Act(ReadOnlySpan<float> observations, ActMode mode, ActResult result)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        _acting.Act(observations, mode, result);
    }

    /// <summary>One update of the critics and their targets.</summary>
    /// <param name="batch">Rows of the replay.</param>
    public UpdateStatus UpdateCritic(TransitionBatch batch) =>
        Count(0, Require(_criticUpdate).Update(batch));

    /// <summary>One update of the actor and its target.</summary>
    /// <param name="batch">Rows of the replay; only observations are read.</param>
    /// <param name="demonstrations">
    /// Rows of demonstrations, needed where the options have a cloning weight.
    /// </param>
    public UpdateStatus UpdateActor(
        TransitionBatch batch, TransitionBatch? demonstrations = null) =>
        Count(1, Require(_actorUpdate).Update(batch, demonstrations));

    /// <summary>One update of the imitation policy.</summary>
    /// <param name="batch">Rows of demonstrations; observations and actions are read.</param>
    public UpdateStatus UpdateImitation(TransitionBatch batch) =>
        Count(2, _imitationUpdate.UpdateImitation(batch));

    /// <summary>One update of the actor by imitation, before RFT learns.</summary>
    /// <param name="batch">Rows of demonstrations; observations and actions are read.</param>
    public UpdateStatus PretrainActor(TransitionBatch batch) =>
        Count(1, _imitationUpdate.PretrainActor(batch));

    /// <summary>
    /// Ends the pretraining of the actor: its target and the policy that RFT's filter compares with
    /// become what it is now.
    /// </summary>
    public void FinishPretraining()
    {
        Require(Networks.ActorTarget).CopyFrom(Require(Networks.Actor));
        Networks.Pretrained?.CopyFrom(Require(Networks.Actor));
    }

    /// <inheritdoc/>
    public void VisitState(IStateVisitor visitor)
    {
        foreach (AgentPart part in Parts)
        {
            visitor.Visit("agent/" + part.Name, part.Bytes);
        }

        Networks.Publish();
    }

    /// <inheritdoc/>
    public void Dispose() => Networks.Dispose();

    private static T Require<T>(T? part)
        where T : class =>
        part ?? throw new InvalidOperationException("behaviour cloning has no actor and critics");

    private UpdateStatus Count(int counter, UpdateStatus status)
    {
        _counters[counter] += status == UpdateStatus.Done ? 1UL : 0;
        return status;
    }
}
