using HilRig.Core.Errors;

namespace HilRig.Recording.Episodes;

/// <summary>What a log holds, with every later verdict applied.</summary>
public sealed record EpisodeLogContent
{
    /// <summary>What all episodes have in common.</summary>
    public required EpisodeLogHeader Header { get; init; }

    /// <summary>The episodes by index.</summary>
    public required IReadOnlyList<LoggedEpisode> Episodes { get; init; }

    /// <summary>Records of the file: episodes and later verdicts.</summary>
    public required long RecordCount { get; init; }

    /// <summary>Bytes after the last whole record: an append that was cut off, or is under way.
    /// </summary>
    public required long TornBytes { get; init; }

    /// <summary>
    /// Later verdicts that wait beside the file until its writer takes them; applied here.
    /// </summary>
    public required IReadOnlyList<VerdictAmendment> Pending { get; init; }

    /// <summary>An episode.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="path">The file, for the message.</param>
    /// <exception cref="ScenarioException">There is none of that index.</exception>
    public LoggedEpisode Require(long index, string path) =>
        index >= 0 && index < Episodes.Count
            ? Episodes[(int)index]
            : throw MissingEpisode(index, Episodes.Count, path);

    internal static ScenarioException MissingEpisode(long index, long count, string path) => new(
        "There is no such episode",
        path,
        count == 0
            ? "a log with episodes"
            : FormattableString.Invariant($"0 to {count - 1}"),
        FormattableString.Invariant($"{index}"));
}
