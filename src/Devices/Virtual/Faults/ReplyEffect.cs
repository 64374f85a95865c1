namespace HilRig.Devices.Virtual.Faults;

/// <summary>What faults do to one reply; the default does nothing.</summary>
/// <param name="IsLost">The reply never comes; its time on the line passes in silence.</param>
/// <param name="IsCorrupt">One bit of it is flipped.</param>
/// <param name="DelayNanoseconds">Pause before it, on top of the return delay.</param>
/// <param name="HandoverNanoseconds">How much later the host gets it.</param>
internal readonly record struct ReplyEffect(
    bool IsLost = false,
    bool IsCorrupt = false,
    long DelayNanoseconds = 0,
    long HandoverNanoseconds = 0)
{
    /// <summary>Both effects at once.</summary>
    internal ReplyEffect And(ReplyEffect other) => new(
        IsLost || other.IsLost,
        IsCorrupt || other.IsCorrupt,
        DelayNanoseconds + other.DelayNanoseconds,
        HandoverNanoseconds + other.HandoverNanoseconds);
}
