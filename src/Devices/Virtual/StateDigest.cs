namespace HilRig.Devices.Virtual;

/// <summary>
/// FNV-1a (64 bits) over state words: equal digests mean equal bits, for all practical ends.
/// </summary>
internal struct StateDigest
{
    private const ulong Prime = 1099511628211UL;

    private ulong _hash;

    public StateDigest() => _hash = 14695981039346656037UL;

    /// <summary>The digest so far.</summary>
    internal readonly ulong Value => _hash;

    internal void Add(double value) => Add(BitConverter.DoubleToUInt64Bits(value));

    internal void Add(ulong word)
    {
        for (var shift = 0; shift < 64; shift += 8)
        {
            _hash = (_hash ^ ((word >> shift) & 0xFF)) * Prime;
        }
    }

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            _hash = (_hash ^ value) * Prime;
        }
    }

    internal void Add(string text)
    {
        foreach (var letter in text)
        {
            Add(letter);
        }
    }
}
