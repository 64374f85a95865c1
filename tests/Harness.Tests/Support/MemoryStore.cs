using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Harness.Episodes;

namespace HilRig.Harness.Tests.Support;

/// <summary>Keeps episodes in memory, and can run out of disk.</summary>
internal sealed class MemoryStore : IEpisodeStore
{
    public List<Episode> Episodes { get; } = [];

    public List<(long Index, EpisodeVerdict Verdict, VerdictSource Source, string Why)> Amendments
    { get; } = [];

    public int FullAfter { get; init; } = int.MaxValue;

    public long Count => Episodes.Count;

    public EpisodeVerdict? VerdictOf(long index) =>
        index >= 0 && index < Episodes.Count ? Episodes[(int)index].Verdict : null;

    public long Append(Episode episode)
    {
        if (Episodes.Count >= FullAfter)
        {
            throw new RecordingException("The disk is full", "memory");
        }

        Episodes.Add(episode);
        return Episodes.Count - 1;
    }

    public void Amend(
        long index, EpisodeVerdict verdict, VerdictSource source, string by, string why)
    {
        Amendments.Add((index, verdict, source, why));
        Episodes[(int)index] = Episodes[(int)index] with
        {
            Verdict = verdict,
            VerdictSource = source,
        };
    }
}
