using System.Runtime.InteropServices;
using System.Security.Cryptography;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Kernels;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Batch;

/// <summary>A model as every env reads it at first, in double precision.</summary>
internal sealed unsafe class PackedModel
{
    private readonly bool[] _derived;

    /// <summary>Packs a model and derives what is derived.</summary>
    public PackedModel(Model model)
    {
        At = ModelPacker.Layout(model);
        Position = [.. model.ReferencePosition];
        Constants = new double[At.ConstantCount];
        Topology = new int[At.TopologyCount];
        Assets = new float[At.AssetCount];
        ModelPacker.PackConstants(model, At, Constants);
        ModelPacker.PackTimeStep(model, At, model.Options.TimeStep, Constants);
        ModelPacker.PackTopology(model, At, Topology);
        ModelPacker.PackAssets(model, At, Assets);
        _derived = new bool[At.ConstantCount];
        Derive();
    }

    /// <summary>Where everything lies.</summary>
    public Layout At { get; }

    /// <summary>Reference position. Shape [position].</summary>
    public double[] Position { get; }

    /// <summary>Constants, derived ones too. Shape [constant].</summary>
    public double[] Constants { get; }

    /// <summary>Integers of the model.</summary>
    public int[] Topology { get; }

    /// <summary>Numbers of meshes and height fields.</summary>
    public float[] Assets { get; }

    /// <summary>SHA-256 of all of it: the same for the same physics.</summary>
    public byte[] Hash
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(MemoryMarshal.AsBytes<double>(Constants));
            hash.AppendData(MemoryMarshal.AsBytes<int>(Topology));
            hash.AppendData(MemoryMarshal.AsBytes<float>(Assets));
            return hash.GetHashAndReset();
        }
    }

    /// <summary>Slots of derived constants: those that the derivation wrote.</summary>
    public IEnumerable<int> DerivedSlots =>
        Enumerable.Range(0, _derived.Length).Where(slot => _derived[slot]);

    private void Derive()
    {
        double[] work = new double[At.WorkCount];
        int[] indices = new int[At.IndexCount];
        fixed (double* constantsAt = Constants)
        fixed (double* workAt = work)
        fixed (int* indicesAt = indices)
        fixed (int* topologyAt = Topology)
        fixed (float* assetsAt = Assets)
        fixed (bool* derivedAt = _derived)
        {
            var env = new Env<F64, PointerWorkMem<F64>, WriteRecorder, PointerIndexMem>(
                new((F64*)workAt, indicesAt),
                new(constantsAt, derivedAt),
                new(topologyAt, assetsAt),
                At);
            CpuDynamics<F64, PointerWorkMem<F64>, WriteRecorder, PointerIndexMem>.Derive(env);
        }
    }
}
