namespace HilRig.Bridge.Learner;

/// <summary>The counters of one end; its socket thread writes, anybody reads.</summary>
internal sealed class LearnerTally
{
    public long Greetings;
    public long RecordsSent;
    public long RecordsReceived;
    public long RecordsOutOfOrder;
    public long Malformed;
    public long Losses;

    public static void Count(ref long counter) => Volatile.Write(ref counter, counter + 1);

    public LearnerCounters Read() => new(
        Volatile.Read(ref Greetings),
        Volatile.Read(ref RecordsSent),
        Volatile.Read(ref RecordsReceived),
        Volatile.Read(ref RecordsOutOfOrder),
        Volatile.Read(ref Malformed),
        Volatile.Read(ref Losses));
}
