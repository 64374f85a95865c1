using HilRig.Learning.Snapshots;

namespace HilRig.Learning.Training;

/// <summary>How far a trainer is.</summary>
internal sealed class TrainerCounters : IStateful
{
    private long _steps;
    private long _episodes;
    private int _isWarm;
    private long _updatesBeforeLearning;

    /// <summary>Steps of the environment, warm-up included.</summary>
    public long Steps
    {
        get => _steps;
        set => _steps = value;
    }

    /// <summary>Episodes of the run, demonstrations left out.</summary>
    public long Episodes
    {
        get => _episodes;
        set => _episodes = value;
    }

    /// <summary>Whether the warm-up is over.</summary>
    public bool IsWarm
    {
        get => _isWarm != 0;
        set => _isWarm = value ? 1 : 0;
    }

    /// <summary>Critic updates that were made before the first step of learning.</summary>
    public long UpdatesBeforeLearning
    {
        get => _updatesBeforeLearning;
        set => _updatesBeforeLearning = value;
    }

    /// <inheritdoc/>
    public void VisitState(IStateVisitor visitor)
    {
        visitor.Visit("trainer/steps", ref _steps);
        visitor.Visit("trainer/episodes", ref _episodes);
        visitor.Visit("trainer/isWarm", ref _isWarm);
        visitor.Visit("trainer/updatesBeforeLearning", ref _updatesBeforeLearning);
    }
}
