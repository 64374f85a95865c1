namespace HilRig.Core.RealTime;

/// <summary>Whether one feature was granted.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Granted">Whether the machine gave it.</param>
/// <param name="Detail">What was got, or why not.</param>
public readonly record struct RealTimeGrant(RealTimeFeature Feature, bool Granted, string Detail)
{
    /// <summary>
    /// How to get it: the command to run or the lines to add, and where; null when it was granted
    /// or nothing helps.
    /// </summary>
    public string? Remedy { get; init; }

    /// <summary>The grant in one line: feature, detail, and the remedy in brackets.</summary>
    public string Describe() =>
        Remedy is null ? $"{Feature}: {Detail}" : $"{Feature}: {Detail} ({Remedy})";
}
