using HilRig.Core.Episodes;
using HilRig.Learning.Agents;
using HilRig.Learning.Replay;
using HilRig.Learning.Snapshots;
using HilRig.Tasks;

namespace HilRig.Learning.Training;

/// <summary>
/// An agent with its replay and its budget of updates: what learns, whether the episodes come from
/// a simulation in the same process or from a rig. Not thread-safe.
/// </summary>
internal sealed class Learner : IStateful, IDisposable
{
    private readonly TransitionBatch _batch;
    private readonly TransitionBatch _demonstrationBatch;
    private readonly int _demonstrationCount;
    private TrustRecord _trust = new();
    private double _criticCredit;
    private int _criticUpdatesSinceActor;
    private int _isPretrained;

    /// <summary>Makes one that has learnt nothing.</summary>
    /// <param name="task">The task.</param>
    /// <param name="options">How it learns.</param>
    /// <param name="seed">Seed of weights and of all chance.</param>
    public Learner(TaskDescription task, AgentOptions options, ulong seed)
    {
        Scaling = new ObservationScaling(task, options.History);
        Replay = new ReplayMemory(
            task,
            Scaling,
            new ReplayOptions
            {
                ReturnSteps = options.ReturnSteps,
                Discount = options.Discount,
                BootstrapsAtTruncation = !options.TimeOutIsTerminal,
            },
            seed);
        Agent = new Agent(options, Scaling.InputCount, task.Action.Count, seed);
        _batch = new(options.BatchSize, Scaling.InputCount, task.Action.Count);
        _demonstrationBatch = new(options.BatchSize, Scaling.InputCount, task.Action.Count);
        _demonstrationCount = (int)Math.Round(options.DemonstrationShare * options.BatchSize);
    }

    /// <summary>What acts and learns.</summary>
    public Agent Agent { get; }

    /// <summary>The episodes that are learnt from.</summary>
    public ReplayMemory Replay { get; }

    /// <summary>How its networks see observations.</summary>
    public ObservationScaling Scaling { get; }

    /// <summary>Whether <see cref="Pretrain"/> has been done.</summary>
    public bool IsPretrained => _isPretrained != 0;

    /// <summary>Critic updates that may be done now.</summary>
    public int GrantedUpdates => (int)_criticCredit;

    /// <summary>
    /// Learns from the demonstrations in the replay before the first step: the imitation policy,
    /// of RFT the actor.
    /// </summary>
    /// <param name="onProgress">Told how many updates of how many are done.</param>
    public UpdateStatus Pretrain(Action<long, long>? onProgress = null)
    {
        AgentOptions options = Agent.Options;
        long imitation = options.UsesImitation ? options.ImitationUpdates : 0;
        long actor = options.UsesReinforcement ? options.ActorPretrainingUpdates : 0;
        for (long i = 0; i < imitation + actor; i++)
        {
            Replay.Draw(_demonstrationBatch, options.BatchSize);
            UpdateStatus status = i < imitation
                ? Agent.UpdateImitation(_demonstrationBatch)
                : Agent.PretrainActor(_demonstrationBatch);
            if (status != UpdateStatus.Done)
            {
                return status;
            }

            onProgress?.Invoke(i + 1, imitation + actor);
        }

        if (actor > 0)
        {
            Agent.FinishPretraining();
        }

        _isPretrained = 1;
        return UpdateStatus.Done;
    }

    /// <summary>Grants the updates of steps that were made.</summary>
    /// <param name="stepCount">Steps.</param>
    public void Grant(int stepCount) =>
        _criticCredit += stepCount * Agent.Options.CriticUpdatesPerStep;

    /// <summary>Grants updates beyond those of steps: pretraining of the critics.</summary>
    /// <param name="updateCount">Critic updates.</param>
    public void GrantUpdates(int updateCount) => _criticCredit += updateCount;

    /// <summary>Does one granted update, if there is one.</summary>
    /// <param name="status">What came of it.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryUpdate(out UpdateStatus status)
    {
        status = UpdateStatus.Done;
        if (_criticCredit < 1)
        {
            return false;
        }

        Replay.Draw(_batch, _demonstrationCount);
        status = Agent.UpdateCritic(_batch);
        if (status != UpdateStatus.Done)
        {
            return true;
        }

        _criticCredit--;
        if (++_criticUpdatesSinceActor >= Agent.Options.CriticUpdatesPerActorUpdate)
        {
            _criticUpdatesSinceActor = 0;
            status = UpdateActor();
        }

        return true;
    }

    /// <summary>Takes an episode into the replay.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="where">File and place, for messages.</param>
    /// <returns>Its index in the replay.</returns>
    /// <exception cref="Core.Errors.RecordingException">It is not one of this task.</exception>
    public int Add(Episode episode, string where)
    {
        int index = Replay.Add(episode, where);
        _trust.Add(episode);
        Agent.TrustsActor = IsActorTrusted;
        return index;
    }

    /// <summary>Corrects a verdict.</summary>
    /// <param name="index">Index in the replay.</param>
    /// <param name="verdict">What the episode counts as now.</param>
    /// <param name="source">Who says so.</param>
    /// <exception cref="Core.Errors.RecordingException">There is no such episode.</exception>
    public void Amend(int index, EpisodeVerdict verdict, VerdictSource source)
    {
        Replay.Amend(index, verdict, source);
        _trust = new TrustRecord();
        for (int i = 0; i < Replay.EpisodeCount; i++)
        {
            _trust.Add(Replay[i]);
        }

        Agent.TrustsActor = IsActorTrusted;
    }

    /// <inheritdoc/>
    public void VisitState(IStateVisitor visitor)
    {
        visitor.Visit("learner/criticCredit", ref _criticCredit);
        visitor.Visit("learner/criticUpdatesSinceActor", ref _criticUpdatesSinceActor);
        visitor.Visit("learner/isPretrained", ref _isPretrained);
        Replay.VisitState(visitor);
        Agent.VisitState(visitor);
    }

    /// <summary>Gives memory back.</summary>
    public void Dispose()
    {
        _batch.Dispose();
        _demonstrationBatch.Dispose();
        Agent.Dispose();
    }

    private bool IsActorTrusted => _trust.Holds(Agent.Options.TrustShare);

    private UpdateStatus UpdateActor()
    {
        AgentOptions options = Agent.Options;
        if (options.CloningWeight == 0)
        {
            return Agent.UpdateActor(_batch);
        }

        Replay.Draw(_demonstrationBatch, options.BatchSize);
        return Agent.UpdateActor(_batch, _demonstrationBatch);
    }
}
