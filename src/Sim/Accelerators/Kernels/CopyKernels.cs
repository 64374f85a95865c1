using ILGPU;

namespace HilRig.Sim.Accelerators.Kernels;

/// <summary>
/// Moves numbers between the tiles and dense blocks, which are what crosses to the host.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
internal static class CopyKernels<T>
    where T : unmanaged
{
    /// <summary>Tiles to dense block.</summary>
    public static void Gather(
        Index1D item, // [env, entry]
        ArrayView<T> tiles, // [tile, slot, env of the tile]
        ArrayView<T> dense, // [env, entry]
        ArrayView<int> slots, // [entry]
        SlotRun run)
    {
        int slot = slots[run.First + (item % run.Count)];
        dense[item] = tiles[InTiles(run.FirstEnv + (item / run.Count), slot, run.SlotCount)];
    }

    /// <summary>Dense block to tiles.</summary>
    public static void Scatter(
        Index1D item, // [env, entry]
        ArrayView<T> tiles, // [tile, slot, env of the tile]
        ArrayView<T> dense, // [env, entry]
        ArrayView<int> slots, // [entry]
        SlotRun run)
    {
        int slot = slots[run.First + (item % run.Count)];
        tiles[InTiles(run.FirstEnv + (item / run.Count), slot, run.SlotCount)] = dense[item];
    }

    /// <summary>One set of numbers to neighbouring envs.</summary>
    public static void Spread(
        Index1D item, // [env, entry]
        ArrayView<T> tiles, // [tile, slot, env of the tile]
        ArrayView<T> shared, // [entry]
        ArrayView<int> slots, // [entry]
        SlotRun run)
    {
        int entry = item % run.Count;
        int slot = slots[run.First + entry];
        tiles[InTiles(run.FirstEnv + (item / run.Count), slot, run.SlotCount)] = shared[entry];
    }

    /// <summary>One set of numbers to the envs of a list.</summary>
    public static void SpreadSome(
        Index1D item, // [listed env, entry]
        ArrayView<T> tiles, // [tile, slot, env of the tile]
        ArrayView<T> shared, // [entry]
        ArrayView<int> slots, // [entry]
        ArrayView<int> envs, // [listed env]
        SlotRun run)
    {
        int entry = item % run.Count;
        int slot = slots[run.First + entry];
        tiles[InTiles(envs[item / run.Count], slot, run.SlotCount)] = shared[entry];
    }

    private static long InTiles(int env, int slot, int slotCount) =>
        DeviceTile.Offset(env, slotCount) + ((long)slot * DeviceTile.EnvCount);
}
