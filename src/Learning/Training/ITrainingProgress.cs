using HilRig.Learning.Health;

namespace HilRig.Learning.Training;

/// <summary>Is told how a run goes.</summary>
internal interface ITrainingProgress
{
    /// <summary>Something to know once.</summary>
    /// <param name="sentence">A sentence.</param>
    void Say(string sentence);

    /// <summary>So much of a phase is done; called often.</summary>
    /// <param name="phase">What is done, such as "imitation".</param>
    /// <param name="done">Done so far.</param>
    /// <param name="total">All there is to do.</param>
    void Advance(string phase, long done, long total);

    /// <summary>A point of the curve.</summary>
    /// <param name="point">The point.</param>
    /// <param name="health">How learning goes.</param>
    void Score(CurvePoint point, HealthFigures health);
}
