namespace HilRig.Core.RealTime;

/// <summary>How mlockall is used.</summary>
public enum MemoryLocking
{
    /// <summary>Not at all: a page may be taken away and fault in the loop.</summary>
    None,

    /// <summary>
    /// Pages are locked when first touched (MCL_ONFAULT). Warm the loop up first; resident memory
    /// stays what is used.
    /// </summary>
    OnTouch,

    /// <summary>
    /// Everything mapped, now and later, is brought in at once: no first-touch fault is left, at
    /// the price of about 120 MB in an empty .NET process.
    /// </summary>
    Everything,
}
