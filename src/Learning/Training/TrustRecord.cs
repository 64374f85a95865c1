using HilRig.Core.Episodes;

namespace HilRig.Learning.Training;

/// <summary>
/// Whether episodes show that the actor is of use: how training ended lately, against how the
/// imitation's warm-up did. Follows from the episodes alone, so that a resumed run knows what an
/// unbroken one knows.
/// </summary>
internal sealed class TrustRecord
{
    /// <summary>Newest training episodes that count; with fewer there is no trust.</summary>
    public const int Window = 20;

    private readonly Queue<bool> _training = new();
    private int _trainingSuccesses;
    private int _warmUpEpisodes;
    private int _warmUpSuccesses;

    /// <summary>Takes an episode; discarded ones do not count.</summary>
    /// <param name="episode">The episode.</param>
    public void Add(Episode episode)
    {
        if (episode.Verdict == EpisodeVerdict.Discarded)
        {
            return;
        }

        bool succeeded = episode.Verdict == EpisodeVerdict.Success;
        if (episode.Purpose == EpisodePurpose.WarmUp)
        {
            _warmUpEpisodes++;
            _warmUpSuccesses += succeeded ? 1 : 0;
        }
        else if (episode.Purpose == EpisodePurpose.Training)
        {
            _training.Enqueue(succeeded);
            _trainingSuccesses += succeeded ? 1 : 0;
            if (_training.Count > Window)
            {
                _trainingSuccesses -= _training.Dequeue() ? 1 : 0;
            }
        }
    }

    /// <summary>
    /// Whether the newest training episodes succeeded as often as a share of the warm-up's.
    /// </summary>
    /// <param name="share">The share, 0 to 1; at 0 it always holds.</param>
    public bool Holds(double share) =>
        share == 0
        || (_training.Count == Window
            && (double)_trainingSuccesses * _warmUpEpisodes
                >= share * _warmUpSuccesses * Window);
}
