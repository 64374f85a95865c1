namespace HilRig.Core.Episodes;

/// <summary>
/// How an episode ended; whether it was good is its <see cref="EpisodeVerdict"/>.
/// </summary>
public enum EpisodeEnd : byte
{
    /// <summary>The task's rule saw success.</summary>
    SuccessRule,

    /// <summary>The task's rule saw that success is out of reach (an object fell).</summary>
    FailureRule,

    /// <summary>The time of an episode was over; the state is none of an end.</summary>
    TimedOut,

    /// <summary>The operator ended it.</summary>
    Operator,

    /// <summary>The rig stopped.</summary>
    RigStopped,
}
