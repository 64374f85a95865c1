using HilRig.Core.Errors;
using HilRig.Sim.Accelerators;
using HilRig.Sim.Batch;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Accelerators;

/// <summary>What a batch on an OpenCL device promises beside its numbers.</summary>
internal sealed class DeviceStepTests
{
    private const string Fixture = "arm-box";

    [Test]
    [CancelAfter(300_000)]
    public void Same_bits_in_ten_runs_and_for_one_env_or_many()
    {
        float[][] many = [.. Enumerable.Range(0, 10).Select(_ => Positions(40, 20))];
        Assert.That(many[0], Has.None.NaN);
        for (int run = 1; run < many.Length; run++)
        {
            Assert.That(Bits(many[run]), Is.EqualTo(Bits(many[0])), $"run {run}");
        }

        float[] one = Positions(1, 20);
        Assert.That(Bits(one), Is.EqualTo(Bits(many[0][..one.Length])));
    }

    [Test]
    [CancelAfter(300_000)]
    public void Steps_copy_nothing_and_are_one_launch_each()
    {
        using var run = Run(40);
        long copies = run.Batch.Transfers.Count;
        for (int step = 0; step < 5; step++)
        {
            run.Batch.Step(10);
        }

        run.Batch.Wait();
        Assert.Multiple(() =>
        {
            Assert.That(run.Batch.Transfers.Count, Is.EqualTo(copies));
            Assert.That(run.Batch.LaunchCount, Is.EqualTo(5));
        });
    }

    [Test]
    [CancelAfter(300_000)]
    public void Without_news_a_status_is_one_word_and_an_env_that_explodes_is_alone()
    {
        using var run = Run(40);
        EnvStatus[] status = new EnvStatus[40];
        run.Batch.Step(1);
        long bytes = run.Batch.Transfers.Bytes;
        run.Batch.TakeStatus(status);
        Assert.That(run.Batch.Transfers.Bytes - bytes, Is.EqualTo(sizeof(int)));
        Assert.That(status, Is.All.EqualTo(EnvStatus.Ok));

        int velocity = run.Batch.At.Velocity;
        run.Batch.Work.WriteSome(7, velocity, 1, [new G32(float.NaN)]);
        run.Batch.Step(1);
        run.Batch.TakeStatus(status);
        Assert.Multiple(() =>
        {
            Assert.That(status[7], Is.EqualTo(EnvStatus.NotFinite));
            Assert.That(status.Where((_, env) => env != 7), Is.All.EqualTo(EnvStatus.Ok));
        });
    }

    [Test]
    [CancelAfter(300_000)]
    public void A_constant_of_its_own_changes_one_env_only()
    {
        using var plain = Run(3);
        using var heavy = Run(3);
        int mass = Layout.OfBody(3, ConstantSlots.BodyMass);
        G32[] masses = new G32[3];
        heavy.Batch.ReadConstant(mass, masses);
        heavy.Batch.WriteConstant(1, mass, [masses[1] + masses[1]]);
        plain.Batch.Step(1);
        heavy.Batch.Step(1);
        G32[] before = plain.Read(plain.Batch.At.MassMatrix, 1);
        G32[] after = heavy.Read(heavy.Batch.At.MassMatrix, 1);
        Assert.Multiple(() =>
        {
            Assert.That(after[0].Value, Is.EqualTo(before[0].Value));
            Assert.That(after[1].Value, Is.GreaterThan(before[1].Value));
            Assert.That(after[2].Value, Is.EqualTo(before[2].Value));
        });
    }

    [Test]
    [CancelAfter(300_000)]
    public void A_back_end_steps_on_open_cl_as_on_lanes()
    {
        Model model = MjcfLoader.Load(
            Path.Combine(TestFiles.FixtureModels, Fixture + ".xml"));
        var packed = new PackedModel(model);
        var slots = new ResidentSlots(packed.At);
        double[] row = InitialRow.Of(model, packed.At, slots, null);
        using var device = new DeviceBackend(TestDevices.OpenCl(), "opencl", packed, 3);
        using IBatchBackend lanes = BatchBackends.Create(
            packed, 3, new BatchOptions { Backend = BatchBackend.Simd });
        double[] found = Ends(device);
        Assert.That(found, Has.None.NaN);
        Assert.That(found, Is.EqualTo(Ends(lanes)).Within(1e-4));

        double[] Ends(IBatchBackend backend)
        {
            backend.WriteEnvs([0, 1, 2], slots.First, row);
            backend.Step(20);
            double[] position = new double[3 * model.PositionCount];
            Array.Fill(position, double.NaN);
            backend.Read(packed.At.Position, model.PositionCount, position);
            double[] own = new double[model.PositionCount];
            backend.ReadEnv(2, packed.At.Position, own);
            Assert.That(own, Is.EqualTo(position[^own.Length..]));
            return position;
        }
    }

    [Test]
    public void Without_a_cuda_device_the_error_says_what_to_install()
    {
        if (DeviceSearch.HasCuda())
        {
            Assert.Ignore("this machine has a CUDA device");
        }

        RigException fault = Assert.Throws<RigException>(
            () => DeviceSession.Open(DeviceKind.Cuda).Dispose());
        Assert.That(fault.Message, Does.Contain("NVIDIA driver"));
    }

    private static DeviceRun<G32> Run(int envCount)
    {
        var run = new DeviceRun<G32>(
            TestDevices.OpenCl(), Fixture, envCount, number => number.Value);
        run.Load();
        return run;
    }

    private static float[] Positions(int envCount, int steps)
    {
        using DeviceRun<G32> run = Run(envCount);
        run.Batch.Step(steps);
        return Array.ConvertAll(
            run.Read(run.Batch.At.Position, run.Model.PositionCount), number => number.Value);
    }

    private static int[] Bits(float[] numbers) =>
        Array.ConvertAll(numbers, BitConverter.SingleToInt32Bits);
}
