using HilRig.Core.Units;

namespace HilRig.Harness.Stimuli;

/// <summary>One stimulus in the sequence of one joint.</summary>
/// <param name="AtSeconds">When it begins, s; null: when the one before it ends.</param>
/// <param name="Stimulus">Its shape.</param>
/// <param name="PositionDimension">
/// Angle or length, as written; null when it has no position.
/// </param>
/// <param name="Where">File, line and column.</param>
public sealed record StimulusSegment(
    double? AtSeconds, IStimulus Stimulus, Dimension? PositionDimension, string Where);
