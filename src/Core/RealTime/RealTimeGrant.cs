namespace HilRig.Core.RealTime;

/// <summary>Whether one feature was granted.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Granted">Whether the machine gave it.</param>
/// <param name="Detail">What was got, or why not and what would help.</param>
public readonly record struct RealTimeGrant(RealTimeFeature Feature, bool Granted, string Detail);
