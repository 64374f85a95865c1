namespace HilRig.Recording.Mcap;

/// <summary>Times and places of one channel's messages in the chunk being built; reused.</summary>
internal sealed class ChannelOffsets
{
    private ulong[] _logTimes = new ulong[64];
    private ulong[] _offsets = new ulong[64];

    public int Count { get; private set; }

    public ReadOnlySpan<ulong> LogTimes => _logTimes.AsSpan(0, Count);

    public ReadOnlySpan<ulong> Offsets => _offsets.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(ulong logTime, ulong offset)
    {
        if (Count == _logTimes.Length)
        {
            Array.Resize(ref _logTimes, Count * 2);
            Array.Resize(ref _offsets, Count * 2);
        }

        _logTimes[Count] = logTime;
        _offsets[Count++] = offset;
    }
}
