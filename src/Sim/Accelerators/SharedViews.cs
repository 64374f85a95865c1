using ILGPU;

namespace HilRig.Sim.Accelerators;

/// <summary>What all envs of a batch share in device memory.</summary>
/// <param name="topology">The model's integers. Shape [slot].</param>
/// <param name="assets">Numbers of meshes and height fields. Shape [slot].</param>
internal readonly struct SharedViews(ArrayView<int> topology, ArrayView<float> assets)
{
    /// <summary>Number of the field with the model's integers.</summary>
    public const int TopologyField = 0;

    /// <summary>The model's integers. Shape [slot].</summary>
    public readonly ArrayView<int> Topology = topology;

    /// <summary>Numbers of meshes and height fields. Shape [slot].</summary>
    public readonly ArrayView<float> Assets = assets;
}
