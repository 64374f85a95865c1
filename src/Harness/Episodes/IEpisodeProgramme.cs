using HilRig.Core.Episodes;

namespace HilRig.Harness.Episodes;

/// <summary>
/// Says which episode comes next; between two calls policies may be swapped. Called on the
/// conductor's thread while the arm holds or retreats; must not block for long.
/// </summary>
public interface IEpisodeProgramme
{
    /// <summary>Asks for the next episode.</summary>
    /// <param name="request">The episode, when the result is Episode.</param>
    ProgrammeStep Next(out EpisodeRequest? request);

    /// <summary>Is told of an episode that is stored.</summary>
    /// <param name="index">Its index in the store.</param>
    /// <param name="episode">The episode, with its verdict so far.</param>
    void Finished(long index, Episode episode);

    /// <summary>Is told that a start was left out, or an episode gave no step to store.</summary>
    /// <param name="request">The episode that will not be.</param>
    void Skipped(EpisodeRequest request);

    /// <summary>Is told of a verdict that was given or taken back after Finished.</summary>
    /// <param name="index">Index of the episode in the store.</param>
    /// <param name="verdict">What holds now.</param>
    void Amended(long index, EpisodeVerdict verdict);
}
