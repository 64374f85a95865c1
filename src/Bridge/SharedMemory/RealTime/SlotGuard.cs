using System.Numerics;

namespace HilRig.Bridge.SharedMemory.RealTime;

/// <summary>
/// Keeps readers of a slot from taking a value that is half written, damaged, or of another turn: a
/// sequence word that is odd while the value is written, and a check sum over the value.
/// </summary>
/// <remarks>
/// The sequence lock is Lamport's: the reader copies, and keeps the copy when the word has not
/// changed. A writer that is killed in mid-write leaves an odd word: the value is never taken, and
/// the next writer goes on from there. The check sum is for memory that somebody overwrote.
/// </remarks>
internal static unsafe class SlotGuard
{
    /// <summary>Begins to write turn <paramref name="turn"/> of a slot.</summary>
    /// <param name="slot">Its first word.</param>
    /// <param name="turn">0, 1, 2, ...</param>
    public static void Begin(long* slot, long turn)
    {
        Volatile.Write(ref slot[0], (2 * turn) + 1);
        Volatile.WriteBarrier();
    }

    /// <summary>Ends it: the value may be read.</summary>
    /// <param name="slot">Its first word.</param>
    /// <param name="turn">The same turn.</param>
    /// <param name="wordCount">Words of the slot, with the two that guard it.</param>
    public static void End(long* slot, long turn, int wordCount)
    {
        slot[1] = Sum(slot, turn, wordCount);
        Volatile.Write(ref slot[0], Sealed(turn));
    }

    /// <summary>The sequence word of a value that is whole.</summary>
    /// <param name="turn">Its turn.</param>
    public static long Sealed(long turn) => (2 * turn) + 2;

    /// <summary>Copies a value.</summary>
    /// <param name="slot">Its first word.</param>
    /// <param name="sequence">The sequence word seen before.</param>
    /// <param name="copy">Receives every word.</param>
    /// <returns>Whether the copy is whole.</returns>
    public static SlotCopy TryCopy(long* slot, long sequence, Span<long> copy)
    {
        new ReadOnlySpan<long>(slot, copy.Length).CopyTo(copy);
        Volatile.ReadBarrier();
        if (Volatile.Read(ref slot[0]) != sequence)
        {
            return SlotCopy.Overtaken;
        }

        fixed (long* words = copy)
        {
            return words[1] == Sum(words, (sequence / 2) - 1, copy.Length)
                ? SlotCopy.Whole
                : SlotCopy.Damaged;
        }
    }

    // Two sums side by side: the instruction's latency is three times its cost.
    private static long Sum(long* slot, long turn, int wordCount)
    {
        uint even = BitOperations.Crc32C(uint.MaxValue, (ulong)turn);
        uint odd = ~even;
        int i = 2;
        for (; i + 1 < wordCount; i += 2)
        {
            even = BitOperations.Crc32C(even, (ulong)slot[i]);
            odd = BitOperations.Crc32C(odd, (ulong)slot[i + 1]);
        }

        if (i < wordCount)
        {
            even = BitOperations.Crc32C(even, (ulong)slot[i]);
        }

        return (long)(((ulong)even << 32) | odd);
    }
}
