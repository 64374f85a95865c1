using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Kernels;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Gradients;

/// <summary>One env, or one tile, in any number: its memory, filled from a model.</summary>
/// <typeparam name="T">The number.</typeparam>
internal sealed unsafe class EnvMemory<T>
    where T : unmanaged, IReal<T>
{
    /// <summary>Makes an env with the model's constants, the workspace full of NaN.</summary>
    public EnvMemory(Model model)
    {
        Layout = ModelPacker.Layout(model);
        double[] constants = new double[Layout.ConstantCount];
        ModelPacker.PackConstants(model, Layout, constants);
        ModelPacker.PackTimeStep(model, Layout, model.Options.TimeStep, constants);
        Work = new(Layout.WorkCount);
        Constants = new(Layout.ConstantCount);
        Indices = new(Layout.IndexCount);
        Topology = new(Layout.TopologyCount);
        Assets = new(Layout.AssetCount);
        ModelPacker.PackTopology(model, Layout, Topology.Span);
        ModelPacker.PackAssets(model, Layout, Assets.Span);
        Work.Span.Fill(T.Of(double.NaN));
        for (int i = 0; i < constants.Length; i++)
        {
            Constants.Span[i] = T.Of(constants[i]);
        }
    }

    /// <summary>Where everything lies.</summary>
    public Layout Layout { get; }

    /// <summary>State and workspace.</summary>
    public PinnedBlock<T> Work { get; }

    /// <summary>Model constants.</summary>
    public PinnedBlock<T> Constants { get; }

    /// <summary>Integers of the workspace.</summary>
    public PinnedBlock<int> Indices { get; }

    /// <summary>Integers of the model.</summary>
    public PinnedBlock<int> Topology { get; }

    /// <summary>Numbers of the model's assets.</summary>
    public PinnedBlock<float> Assets { get; }

    /// <summary>The env as the phases see it; valid while this object is reachable.</summary>
    public Env<T, PointerWorkMem<T>, PointerMem<T>, PointerIndexMem> Env => new(
        new(Work.Pointer, Indices.Pointer),
        new(Constants.Pointer),
        new(Topology.Pointer, Assets.Pointer),
        Layout);

    /// <summary>Computes derived constants from primary ones.</summary>
    public void Derive()
    {
        CpuDynamics<T, PointerWorkMem<T>, PointerMem<T>, PointerIndexMem>.Derive(Env);
        GC.KeepAlive(this);
    }

    /// <summary>Puts the env at the beginning of a step, with a cold start of its solve.</summary>
    public void Load(StepInput input)
    {
        Span<T> work = Work.Span;
        work[Layout.Time] = T.Of(0);
        Write(input.Position, work[Layout.Position..]);
        Write(input.Velocity, work[Layout.Velocity..]);
        Write(input.Activation, work[Layout.Activation..]);
        Write(input.Control, work[Layout.Control..]);
        Write(input.AppliedForce, work[Layout.Applied..]);
        work.Slice(Layout.Enabled, Layout.ActuatorCount).Fill(T.Of(1));
        work.Slice(Layout.Warmstart, Layout.DofCount).Fill(T.Of(0));
    }

    /// <summary>The first double of a number, of numbers made of doubles.</summary>
    public double Number(PinnedBlock<T> block, int slot) => *(double*)(block.Pointer + slot);

    private static void Write(double[] from, Span<T> to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = T.Of(from[i]);
        }
    }
}
