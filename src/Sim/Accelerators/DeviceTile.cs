namespace HilRig.Sim.Accelerators;

/// <summary>How envs lie in device memory.</summary>
internal static class DeviceTile
{
    /// <summary>
    /// Envs of a tile. Neighbouring envs lie side by side, so the threads of a warp read one line
    /// of memory.
    /// </summary>
    public const int EnvCount = 32;

    /// <summary>Tiles that hold this many envs.</summary>
    public static int Count(int envCount) => (envCount + EnvCount - 1) / EnvCount;

    /// <summary>First number of an env in memory of so many slots an env.</summary>
    public static long Offset(int env, int slotCount) =>
        ((long)(env / EnvCount) * slotCount * EnvCount) + (env % EnvCount);
}
