using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Kernels;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Batch.Cpu;

/// <summary>
/// Which constants are derived from others: those that the derivation writes, seen by running it.
/// </summary>
internal static class DerivedSlots
{
    /// <summary>Slots of the derived constants of a model.</summary>
    public static unsafe IReadOnlyList<int> Of(Model model, Layout layout)
    {
        double[] constants = new double[layout.ConstantCount];
        int[] topology = new int[layout.TopologyCount];
        ModelPacker.PackConstants(model, layout, constants);
        ModelPacker.PackTimeStep(model, layout, model.Options.TimeStep, constants);
        ModelPacker.PackTopology(model, layout, topology);
        double[] work = new double[layout.WorkCount];
        int[] indices = new int[layout.IndexCount];
        bool[] written = new bool[layout.ConstantCount];
        fixed (double* constantsAt = constants)
        fixed (double* workAt = work)
        fixed (int* indicesAt = indices)
        fixed (int* topologyAt = topology)
        fixed (bool* writtenAt = written)
        {
            var env = new Env<F64, PointerWorkMem<F64>, WriteRecorder, PointerIndexMem>(
                new((F64*)workAt, indicesAt),
                new(constantsAt, writtenAt),
                new(topologyAt),
                layout);
            CpuDynamics<F64, PointerWorkMem<F64>, WriteRecorder, PointerIndexMem>.Derive(env);
        }

        return [.. Enumerable.Range(0, written.Length).Where(slot => written[slot])];
    }
}
