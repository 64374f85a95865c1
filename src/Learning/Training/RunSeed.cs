using HilRig.Core.Sampling;

namespace HilRig.Learning.Training;

/// <summary>Seeds that a run's seed gives to its parts.</summary>
internal static class RunSeed
{
    /// <summary>Starts and imperfections of the demonstrations.</summary>
    public const ulong Demonstrations = 1;

    /// <summary>Starts of the run's own episodes.</summary>
    public const ulong Starts = 2;

    /// <summary>Weights, draws of the replay, noise.</summary>
    public const ulong Learning = 3;

    /// <summary>The seed of a part.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="part">Which part.</param>
    public static ulong Of(ulong seed, ulong part) =>
        new CounterRandom(seed, 0x5345_4544).Bits(part);
}
