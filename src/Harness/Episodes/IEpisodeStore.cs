using HilRig.Core.Episodes;

namespace HilRig.Harness.Episodes;

/// <summary>
/// Where episodes go, so that they outlive this process. Called on the conductor's thread.
/// </summary>
public interface IEpisodeStore
{
    /// <summary>Episodes stored so far.</summary>
    long Count { get; }

    /// <summary>The verdict that holds for an episode.</summary>
    /// <param name="index">Its index.</param>
    /// <returns>Null when there is no such episode.</returns>
    EpisodeVerdict? VerdictOf(long index);

    /// <summary>Stores an episode; it is on the disk when this returns.</summary>
    /// <param name="episode">The episode.</param>
    /// <returns>Its index.</returns>
    /// <exception cref="Core.Errors.RecordingException">It cannot be stored.</exception>
    long Append(Episode episode);

    /// <summary>Corrects a verdict; it is on the disk when this returns.</summary>
    /// <param name="index">Index of the episode.</param>
    /// <param name="verdict">What holds from now on.</param>
    /// <param name="source">Who says so.</param>
    /// <param name="by">His or her name.</param>
    /// <param name="why">The reason.</param>
    /// <exception cref="Core.Errors.RecordingException">
    /// There is no such episode, or it cannot be stored.
    /// </exception>
    void Amend(
        long index, EpisodeVerdict verdict, VerdictSource source, string by, string why);
}
