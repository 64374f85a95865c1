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

    /// <summary>Writes a slot.</summary>
    void Set(int slot, T value);
}
