using HilRig.Core.Time;

namespace HilRig.Core.Tests.Time;

/// <summary>
/// A peer whose clock is known: starts off by an offset, runs at another rate, and is reached over
/// two ways whose delays have a floor and queues. Seeded.
/// </summary>
internal sealed class SimulatedPeer(int seed)
{
    private readonly Random _random = new(seed);

    public long OffsetNanoseconds { get; set; } = 7_000_000_000_123;

    public double SkewPartsPerMillion { get; set; }

    public long ThereNanoseconds { get; set; } = 50_000;

    public long BackNanoseconds { get; set; } = 50_000;

    public double QueueThereNanoseconds { get; set; } = 100_000;

    public double QueueBackNanoseconds { get; set; } = 100_000;

    public long TrueOffsetAt(long local) =>
        OffsetNanoseconds + (long)(local * SkewPartsPerMillion * 1e-6);

    public ClockProbe Ask(long sent)
    {
        long arrived = sent + ThereNanoseconds + Queue(QueueThereNanoseconds);
        long answered = arrived + 5_000;
        long received = answered + BackNanoseconds + Queue(QueueBackNanoseconds);
        return new ClockProbe(
            sent, arrived + TrueOffsetAt(arrived), answered + TrueOffsetAt(answered), received);
    }

    // Waiting in a queue: exponential, with a long tail.
    private long Queue(double mean) => (long)(-mean * Math.Log(1 - _random.NextDouble()));
}
