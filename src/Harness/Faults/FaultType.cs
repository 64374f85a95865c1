namespace HilRig.Harness.Faults;

/// <summary>
/// How something goes wrong: the vocabulary of PX4's system failure injection
/// (docs.px4.io, "System Failure Injection"), without its "ok".
/// </summary>
public enum FaultType
{
    /// <summary>Nothing comes any more.</summary>
    Off,

    /// <summary>The same comes again and again.</summary>
    Stuck,

    /// <summary>What comes makes no sense.</summary>
    Garbage,

    /// <summary>What comes looks right and is not.</summary>
    Wrong,

    /// <summary>It takes longer, or follows sluggishly.</summary>
    Slow,

    /// <summary>It comes late.</summary>
    Delayed,

    /// <summary>Now and then nothing comes.</summary>
    Intermittent,
}
