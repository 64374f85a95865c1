using HilRig.Sim.Dynamics;
using HilRig.Sim.Scalars;
using ILGPU;

namespace HilRig.Sim.Accelerators.Kernels;

/// <summary>One env of a batch, as the phases see it.</summary>
/// <typeparam name="T">The number.</typeparam>
internal static class DeviceEnv<T>
    where T : unmanaged, IReal<T>
{
    /// <summary>The views of one env.</summary>
    public static Env<T, DeviceWorkMem<T>, DeviceConstantMem<T>, DeviceIndexMem> At(
        int env, EnvViews<T> envs, SharedViews shared, Layout layout)
    {
        long values = envs.ConstantStride == 1
            ? 0
            : DeviceTile.Offset(env, layout.ConstantCount);
        return new(
            new(
                From(envs.Work, DeviceTile.Offset(env, layout.WorkCount)),
                From(envs.Indices, DeviceTile.Offset(env, layout.IndexCount))),
            new(From(envs.Constants, values), envs.ConstantStride),
            new(shared.Topology, shared.Assets),
            layout);
    }

    private static ArrayView<TItem> From<TItem>(ArrayView<TItem> view, long offset)
        where TItem : unmanaged => view.SubView(offset, view.Length - offset);
}
