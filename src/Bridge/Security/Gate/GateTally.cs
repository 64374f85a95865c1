namespace HilRig.Bridge.Security.Gate;

/// <summary>Counters of a gate; any thread.</summary>
internal sealed class GateTally
{
    public long Accepted;
    public long Admitted;
    public long FramesForwarded;
    public long StatesSuperseded;

    private readonly long[] _reasons = new long[Enum.GetValues<GateReason>().Length];

    /// <summary>Adds one to a reason.</summary>
    /// <param name="reason">The reason.</param>
    public void Count(GateReason reason) => Interlocked.Increment(ref _reasons[(int)reason]);

    /// <summary>All counters as they are now.</summary>
    /// <param name="open">Admitted connections.</param>
    /// <param name="pending">Others.</param>
    public SecureGateCounters Snapshot(int open, int pending)
    {
        var reasons = new Dictionary<GateReason, long>();
        for (int i = 0; i < _reasons.Length; i++)
        {
            long count = Interlocked.Read(ref _reasons[i]);
            if (count > 0)
            {
                reasons.Add((GateReason)i, count);
            }
        }

        return new SecureGateCounters(
            Interlocked.Read(ref Accepted),
            Interlocked.Read(ref Admitted),
            open,
            pending,
            Interlocked.Read(ref FramesForwarded),
            Interlocked.Read(ref StatesSuperseded),
            reasons);
    }
}
