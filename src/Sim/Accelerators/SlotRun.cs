namespace HilRig.Sim.Accelerators;

/// <summary>
/// A block of numbers to move: neighbouring entries of a list of slots, of neighbouring envs.
/// </summary>
/// <param name="firstEnv">First env.</param>
/// <param name="first">First entry of the list of slots.</param>
/// <param name="count">Number of entries.</param>
/// <param name="slotCount">Slots that an env has in all.</param>
internal readonly struct SlotRun(int firstEnv, int first, int count, int slotCount)
{
    /// <summary>First env.</summary>
    public readonly int FirstEnv = firstEnv;

    /// <summary>First entry of the list of slots.</summary>
    public readonly int First = first;

    /// <summary>Number of entries.</summary>
    public readonly int Count = count;

    /// <summary>Slots that an env has in all.</summary>
    public readonly int SlotCount = slotCount;
}
