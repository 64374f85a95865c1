using HilRig.Core.Episodes;
using HilRig.Harness.Episodes;
using HilRig.Harness.Episodes.RealTime;

namespace HilRig.Harness.Tests.Support;

/// <summary>So many episodes, one start after the other.</summary>
internal sealed class ListProgramme(int count, Func<long, IEpisodePolicy> policy)
    : IEpisodeProgramme
{
    private long _next;

    public int WaitCount { get; set; }

    public List<long> Skips { get; } = [];

    public List<long> Ends { get; } = [];

    public List<(long Index, EpisodeVerdict Verdict)> Changes { get; } = [];

    public ProgrammeStep Next(out EpisodeRequest? request)
    {
        request = null;
        if (WaitCount > 0)
        {
            WaitCount--;
            return ProgrammeStep.Wait;
        }

        if (_next >= count)
        {
            return ProgrammeStep.Done;
        }

        request = new EpisodeRequest
        {
            Purpose = EpisodePurpose.Training,
            StartSeed = 7,
            StartIndex = _next,
            Policy = policy(_next),
            PolicyName = "script",
            PolicySha256 = "ab",
        };
        _next++;
        return ProgrammeStep.Episode;
    }

    public void Finished(long index, Episode episode) => Ends.Add(episode.StartIndex);

    public void Skipped(EpisodeRequest request) => Skips.Add(request.StartIndex);

    public void Amended(long index, EpisodeVerdict verdict) => Changes.Add((index, verdict));
}
