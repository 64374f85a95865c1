namespace HilRig.Sim.Memory;

/// <summary>
/// Where the numbers of one env (or one tile of envs) live: workspace, state and model constants
/// alike. Slots are numbered by <see cref="Dynamics.Layout"/>.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
internal interface IMem<T>
{
    /// <summary>Reads a slot.</summary>
    T Get(int slot);

    /// <summary>
    /// Reads the slot a few on: one address serves a whole block, where a sum of integers would
    /// cost an addition, a conversion and a shift at each.
    /// </summary>
    T Get(int block, int slot);

    /// <summary>Writes a slot.</summary>
    void Set(int slot, T value);

    /// <summary>Writes the slot a few on, as <see cref="Get(int, int)"/> reads it.</summary>
    void Set(int block, int slot, T value);
}
