using HilRig.Core.Episodes;

namespace HilRig.Core.Ports;

/// <summary>One thing that an operator said.</summary>
/// <param name="Key">What.</param>
/// <param name="EpisodeIndex">
/// The stored episode that a verdict is for; null: the running or the last one.
/// </param>
/// <param name="Text">As it was typed, for the message when it makes no sense.</param>
public readonly record struct OperatorEntry(
    OperatorKey Key, long? EpisodeIndex = null, string Text = "")
{
    /// <summary>The verdict it means; null when it means none.</summary>
    public EpisodeVerdict? Verdict => Key switch
    {
        OperatorKey.Success => EpisodeVerdict.Success,
        OperatorKey.Failure => EpisodeVerdict.Failure,
        OperatorKey.Discard => EpisodeVerdict.Discarded,
        _ => null,
    };
}
