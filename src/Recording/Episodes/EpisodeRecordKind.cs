namespace HilRig.Recording.Episodes;

/// <summary>What a record of an episode log is.</summary>
public enum EpisodeRecordKind : byte
{
    /// <summary>An episode.</summary>
    Episode = 1,

    /// <summary>A later verdict.</summary>
    Amendment = 2,
}
