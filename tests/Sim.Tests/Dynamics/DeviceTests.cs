using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Kernels;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Parity;
using HilRig.Sim.Tests.Support;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace HilRig.Sim.Tests.Dynamics;

/// <summary>
/// The phases compile as a device kernel and give the reference's numbers. No kernel is shipped
/// yet; this keeps the source such that it can be one.
/// </summary>
internal sealed class DeviceTests
{
    private const int EnvCount = 8;

    [TestCase("arm7")]
    [TestCase("soft")]
    [CancelAfter(120_000)]
    public void The_phases_run_as_a_kernel(string name)
    {
        Model model = MjcfLoader.Load(Path.Combine(TestFiles.FixtureModels, name + ".xml"));
        var fixture = new ParityFixture(Path.Combine(TestFiles.FixtureData, name + ".json"));
        Layout layout = ModelPacker.Layout(model);
        double[] constants = new double[layout.ConstantCount];
        int[] topology = new int[layout.TopologyCount];
        ModelPacker.PackConstants(model, layout, constants);
        ModelPacker.PackTimeStep(model, layout, model.Options.TimeStep, constants);
        ModelPacker.PackTopology(model, layout, topology);
        double[] work = new double[layout.WorkCount * EnvCount];
        for (int env = 0; env < EnvCount; env++)
        {
            Load(work, layout, env, fixture.State(env));
        }

        using var context = Context.Create(builder => builder.CPU());
        using Accelerator device = context.CreateCPUAccelerator(0);
        using var deviceWork = device.Allocate1D(work);
        using var deviceIndices = device.Allocate1D<int>(
            Math.Max(1, layout.IndexCount * EnvCount));
        deviceIndices.MemSetToZero();
        using var deviceConstants = device.Allocate1D(constants);
        using var deviceTopology = device.Allocate1D(topology);
        using var deviceAssets = device.Allocate1D<float>(Math.Max(1, layout.AssetCount));
        var kernel = device.LoadAutoGroupedStreamKernel<
            Index1D,
            ArrayView<double>,
            ArrayView<int>,
            ArrayView<double>,
            ArrayView<int>,
            ArrayView<float>,
            Layout>(
            Step);
        kernel(
            EnvCount,
            deviceWork.View,
            deviceIndices.View,
            deviceConstants.View,
            deviceTopology.View,
            deviceAssets.View,
            layout);
        device.Synchronize();
        work = deviceWork.GetAsArray1D();
        for (int env = 0; env < EnvCount; env++)
        {
            ParityState state = fixture.State(env);
            double scale = state.Acceleration.Max(Math.Abs);
            for (int dof = 0; dof < layout.DofCount; dof++)
            {
                double found = work[((layout.Acceleration + dof) * EnvCount) + env];
                Assert.That(found, Is.EqualTo(state.Acceleration[dof]).Within(1e-11 * scale));
            }
        }
    }

    private static void Step(
        Index1D index, // [env]
        ArrayView<double> work, // [slot, env]
        ArrayView<int> indices, // [slot, env]
        ArrayView<double> constants, // [slot]
        ArrayView<int> topology, // [slot]
        ArrayView<float> assets, // [slot]
        Layout layout)
    {
        var env = new Env<DeviceReal, DeviceMem, DeviceMem, DeviceIndexMem>(
            new(work, indices, EnvCount, index),
            new(constants, indices, 1, 0),
            new(topology, assets),
            layout);
        CpuDynamics<DeviceReal, DeviceMem, DeviceMem, DeviceIndexMem>.Forward(env);
    }

    private static void Load(double[] work, Layout layout, int env, ParityState state)
    {
        void Set(int slot, double value) => work[(slot * EnvCount) + env] = value;
        for (int dof = 0; dof < layout.DofCount; dof++)
        {
            Set(layout.Position + dof, state.Position[dof]);
            Set(layout.Velocity + dof, state.Velocity[dof]);
            Set(layout.Warmstart + dof, 0);
        }

        for (int actuator = 0; actuator < layout.ActuatorCount; actuator++)
        {
            Set(layout.Control + actuator, state.Control[actuator]);
            Set(layout.Enabled + actuator, 1);
        }
    }
}
