using HilRig.Sim.Batch;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Kernels;
using HilRig.Sim.Scalars;
using ILGPU;

namespace HilRig.Sim.Accelerators.Kernels;

/// <summary>
/// The step as a device kernel: one thread an env, all phases and substeps in one launch. The order
/// of the phases is that of the CPU.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
internal static class StepKernel<T>
    where T : unmanaged, IReal<T>
{
    /// <summary>Takes so many steps of every env.</summary>
    public static void Run(
        Index1D env, // [env]
        EnvViews<T> envs,
        SharedViews shared,
        ArrayView<int> status, // [env + 1] an EnvStatus; the last is 1 when any env has news
        Layout layout,
        int stepCount)
    {
        Env<T, DeviceWorkMem<T>, DeviceConstantMem<T>, DeviceIndexMem> memory =
            DeviceEnv<T>.At(env, envs, shared, layout);
        int found = 0;
        for (int k = 0; k < stepCount; k++)
        {
            CpuDynamics<T, DeviceWorkMem<T>, DeviceConstantMem<T>, DeviceIndexMem>.Step(memory);
            found |= T.Any(memory.Work.Get(layout.Corrupt)) ? (int)EnvStatus.NotFinite : 0;
            found |= T.Any(memory.Work.Get(layout.Unsolved)) ? (int)EnvStatus.Unconverged : 0;
            found |= T.Any(memory.Work.Get(layout.Contacts.Overflow))
                ? (int)EnvStatus.ContactOverflow
                : 0;
        }

        if (found != 0)
        {
            status[env] |= found;

            // Whoever writes, writes the same.
            status[status.Length - 1] = 1;
        }
    }

    /// <summary>Derived constants of every env from its primary ones.</summary>
    public static void Derive(
        Index1D env, // [env]
        EnvViews<T> envs,
        SharedViews shared,
        Layout layout) =>
        CpuDynamics<T, DeviceWorkMem<T>, DeviceConstantMem<T>, DeviceIndexMem>.Derive(
            DeviceEnv<T>.At(env, envs, shared, layout));
}
