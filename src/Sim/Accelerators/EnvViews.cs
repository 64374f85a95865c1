using ILGPU;

namespace HilRig.Sim.Accelerators;

/// <summary>What the envs of a batch have in device memory.</summary>
/// <typeparam name="T">The number.</typeparam>
internal readonly struct EnvViews<T>(
    ArrayView<T> work, ArrayView<int> indices, ArrayView<T> constants, int constantStride)
    where T : unmanaged
{
    /// <summary>State and workspace. Shape [tile, slot, env of the tile].</summary>
    public readonly ArrayView<T> Work = work;

    /// <summary>Integers of the envs. Shape [tile, slot, env of the tile].</summary>
    public readonly ArrayView<int> Indices = indices;

    /// <summary>Constants. Shape [slot], or [tile, slot, env of the tile] when per env.</summary>
    public readonly ArrayView<T> Constants = constants;

    /// <summary>1 when all envs share the constants, else the width of a tile.</summary>
    public readonly int ConstantStride = constantStride;
}
