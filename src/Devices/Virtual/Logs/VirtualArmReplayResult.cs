namespace HilRig.Devices.Virtual.Logs;

/// <summary>Where a replay ended.</summary>
/// <param name="StepCount">Steps since power-on.</param>
/// <param name="StateHash">State of the replayed arm.</param>
/// <param name="RecordedHash">
/// State the recorded arm ended with; null when the log was cut off.
/// </param>
public sealed record VirtualArmReplayResult(long StepCount, ulong StateHash, ulong? RecordedHash)
{
    /// <summary>Whether the replay ended with the recorded bits.</summary>
    public bool IsIdentical => RecordedHash == StateHash;
}
