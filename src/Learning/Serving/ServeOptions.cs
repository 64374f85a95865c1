using HilRig.Learning.Training;

namespace HilRig.Learning.Serving;

/// <summary>Setting of a learner beside a rig.</summary>
internal sealed record ServeOptions
{
    /// <summary>Its folder.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>Where the session listens.</summary>
    public required string Endpoint { get; init; }

    /// <summary>What session and learner call their run; both must say the same.</summary>
    public required string ConfigSha256 { get; init; }

    /// <summary>Updates of the critics between two policies, 1 or more.</summary>
    public int OfferUpdates { get; init; } = 50;
}
