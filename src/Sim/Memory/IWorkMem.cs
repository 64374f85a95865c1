namespace HilRig.Sim.Memory;

/// <summary>
/// Memory of one env or one tile of envs: numbers that may differ between lanes, and a few integers
/// that are the same for the whole tile, such as how many contacts any of its lanes has.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
internal interface IWorkMem<T> : IMem<T>
{
    /// <summary>Reads an integer of the tile.</summary>
    int GetIndex(int slot);

    /// <summary>Writes an integer of the tile.</summary>
    void SetIndex(int slot, int value);
}
