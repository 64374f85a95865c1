namespace HilRig.Recording.Mcap;

/// <summary>What a recovery kept.</summary>
/// <param name="MessageCount">Messages kept.</param>
/// <param name="ChunkCount">Whole, verified chunks kept.</param>
/// <param name="VerifiedBytes">Length of the verified prefix of the damaged file.</param>
/// <param name="TotalBytes">Length of the damaged file.</param>
/// <param name="Damage">Why the prefix ends where it does; null when the file was whole.</param>
public sealed record McapRecoveryReport(
    ulong MessageCount, int ChunkCount, long VerifiedBytes, long TotalBytes, string? Damage);
