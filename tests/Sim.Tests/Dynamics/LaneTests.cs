using HilRig.Sim.Batch;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Kernels;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Parity;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Dynamics;

/// <summary>
/// The same source with another number and other memory: two envs in lanes must give the bits that
/// each gives alone, though one may need more solver iterations than the other.
/// </summary>
internal sealed class LaneTests
{
    private const int Stride = 3;
    private const int Offset = 1;

    [TestCase("arm7")]
    [TestCase("cart-pole")]
    [TestCase("soft")]
    [TestCase("actuators")]
    [TestCase("limits")]
    [TestCase("equality")]
    [TestCase("tendons")]
    [TestCase("condim-pyramidal")]
    [TestCase("condim-elliptic")]
    [TestCase("arm-box")]
    [TestCase("quadruped")]
    public void Two_envs_in_lanes_give_the_bits_of_each_alone(string name)
    {
        Model model = MjcfLoader.Load(Path.Combine(TestFiles.FixtureModels, name + ".xml"));
        var fixture = new ParityFixture(Path.Combine(TestFiles.FixtureData, name + ".json"));
        var packed = new PackedModel(model);
        Layout layout = packed.At;
        double[] constants = packed.Constants;
        int[] topology = packed.Topology;
        var work = new TwoLanes[layout.WorkCount * Stride];
        int[] indices = new int[layout.IndexCount];
        Array.Fill(work, TwoLanes.Of(double.NaN));
        var env = new Env<TwoLanes, ArrayMem, SharedMem, ArrayIndexMem>(
            new(work, indices, Stride, Offset), new(constants), new(topology, []), layout);
        var alone = new Simulation(model);
        for (int index = 0; index + 1 < fixture.StateCount; index += 2)
        {
            ParityState a = fixture.State(index);
            ParityState b = fixture.State(index + 1);
            Load(env, layout, a, b);
            CpuDynamics<TwoLanes, ArrayMem, SharedMem, ArrayIndexMem>.Step(env);
            Assert.That(Lane(env, layout, value => value.A), Is.EqualTo(Alone(alone, a)));
            Assert.That(Lane(env, layout, value => value.B), Is.EqualTo(Alone(alone, b)));
        }

        Assert.That(work.Where((_, i) => i % Stride != Offset).All(v => double.IsNaN(v.A)));
    }

    private static void Load(
        Env<TwoLanes, ArrayMem, SharedMem, ArrayIndexMem> env,
        Layout layout,
        ParityState a,
        ParityState b)
    {
        for (int k = 0; k < layout.PositionCount; k++)
        {
            env.Work.Set(layout.Position + k, new(a.Position[k], b.Position[k]));
        }

        for (int dof = 0; dof < layout.DofCount; dof++)
        {
            env.Work.Set(layout.Velocity + dof, new(a.Velocity[dof], b.Velocity[dof]));
            env.Work.Set(layout.Applied + dof, TwoLanes.Of(0));
            env.Work.Set(layout.Warmstart + dof, TwoLanes.Of(0));
        }

        for (int actuator = 0; actuator < layout.ActuatorCount; actuator++)
        {
            env.Work.Set(
                layout.Control + actuator, new(a.Control[actuator], b.Control[actuator]));
            env.Work.Set(layout.Enabled + actuator, TwoLanes.Of(1));
        }
    }

    private static double[] Lane(
        Env<TwoLanes, ArrayMem, SharedMem, ArrayIndexMem> env,
        Layout layout,
        Func<TwoLanes, double> lane) =>
    [
        .. Numbers(env, layout.Acceleration, layout.DofCount, lane),
        .. Numbers(env, layout.Position, layout.PositionCount, lane),
        .. Numbers(env, layout.Velocity, layout.DofCount, lane),
    ];

    private static IEnumerable<double> Numbers(
        Env<TwoLanes, ArrayMem, SharedMem, ArrayIndexMem> env,
        int first,
        int count,
        Func<TwoLanes, double> lane) =>
        Enumerable.Range(first, count).Select(slot => lane(env.Work.Get(slot)));

    private static double[] Alone(Simulation simulation, ParityState state)
    {
        state.Position.CopyTo(simulation.Position);
        state.Velocity.CopyTo(simulation.Velocity);
        simulation.WarmStart.Clear();
        state.Control.CopyTo(simulation.Control);
        Assert.That(simulation.Step(), Is.EqualTo(StepStatus.Ok));
        return
        [
            .. simulation.Acceleration, .. simulation.Position, .. simulation.Velocity,
        ];
    }
}
