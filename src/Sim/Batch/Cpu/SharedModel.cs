using System.Numerics;

namespace HilRig.Sim.Batch.Cpu;

/// <summary>What all threads read of a model: constants of all envs, integers, assets.</summary>
/// <typeparam name="TElement">float or double.</typeparam>
internal sealed unsafe class SharedModel<TElement> : IDisposable
    where TElement : unmanaged, INumberBase<TElement>
{
    /// <summary>Copies a packed model.</summary>
    public SharedModel(PackedModel model)
    {
        Constants = new AlignedBlock<TElement>(model.Constants.Length);
        Topology = new AlignedBlock<int>(model.Topology.Length);
        Assets = new AlignedBlock<float>(model.Assets.Length);
        for (int slot = 0; slot < model.Constants.Length; slot++)
        {
            Constants.First[slot] = TElement.CreateTruncating(model.Constants[slot]);
        }

        model.Topology.CopyTo(new Span<int>(Topology.First, Topology.Count));
        model.Assets.CopyTo(new Span<float>(Assets.First, Assets.Count));
    }

    /// <summary>Constants. Shape [constant].</summary>
    public AlignedBlock<TElement> Constants { get; }

    /// <summary>Integers of the model.</summary>
    public AlignedBlock<int> Topology { get; }

    /// <summary>Numbers of meshes and height fields.</summary>
    public AlignedBlock<float> Assets { get; }

    /// <summary>Bytes in use.</summary>
    public long Bytes => Constants.Bytes + Topology.Bytes + Assets.Bytes;

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        Constants.Dispose();
        Topology.Dispose();
        Assets.Dispose();
    }
}
