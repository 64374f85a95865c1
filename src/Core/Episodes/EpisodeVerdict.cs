namespace HilRig.Core.Episodes;

/// <summary>What an episode counts as; can be corrected later.</summary>
public enum EpisodeVerdict : byte
{
    /// <summary>The task was not done.</summary>
    Failure,

    /// <summary>The task was done: reward 1 at the last step.</summary>
    Success,

    /// <summary>Not to be learnt from, and not to be counted.</summary>
    Discarded,
}
