using HilRig.Core.Errors;
using HilRig.Core.Sampling;
using HilRig.Sim.Batch;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Batch;

/// <summary>Gate G9: the bits of an env do not depend on what is computed beside it.</summary>
internal sealed class BatchSimulationTests
{
    private const int Steps = 40;
    private static readonly string[] Touching = ["quadruped", "arm-box", "condim-elliptic"];

    [TestCase("arm7", 1)]
    [TestCase("arm7", 4)]
    [TestCase("arm7", 8)]
    [TestCase("arm7", 16)]
    [TestCase("soft", 16)]
    [TestCase("cart-pole", 8)]
    [TestCase("quadruped", 16)]
    [TestCase("arm-box", 8)]
    [TestCase("condim-elliptic", 8)]
    [TestCase("tendons", 16)]
    public void An_env_has_the_same_bits_alone_and_among_many(string name, int lanes)
    {
        Model model = Load(name);
        const int Count = 37;
        var options = new BatchOptions
        {
            Backend = BatchBackend.Simd,
            LaneCount = lanes,
            ThreadCount = 1,

            // Bits are the subject here, in envs that did not converge too.
            OnFault = FaultPolicy.Continue,
        };
        double[] together = Run(model, Count, options, env => env);
        double[] threads = Run(model, Count, options with { ThreadCount = 3 }, env => env);
        Assert.That(threads, Is.EqualTo(together), "threads");
        double[] reversed = Run(model, Count, options, env => Count - 1 - env);
        int width = together.Length / Count;
        foreach (int env in (int[])[0, 1, 17, 36])
        {
            double[] expected = together[(env * width)..((env + 1) * width)];
            int mirrored = Count - 1 - env;
            Assert.That(
                reversed[(mirrored * width)..((mirrored + 1) * width)],
                Is.EqualTo(expected),
                "order");
            Assert.That(Run(model, 1, options, _ => env), Is.EqualTo(expected), "alone");
        }
    }

    [TestCase("arm7")]
    [TestCase("arm-box")]
    public void An_env_has_the_same_bits_alone_and_among_4096(string name)
    {
        const int Count = 4096;
        Model model = Load(name);
        var options = new BatchOptions
        {
            Backend = BatchBackend.Simd,
            OnFault = FaultPolicy.Continue,
        };
        double[] together = Run(model, Count, options, env => env);
        int width = together.Length / Count;
        foreach (int env in (int[])[0, 15, 16, 2047, 4095])
        {
            Assert.That(
                Run(model, 1, options, _ => env),
                Is.EqualTo(together[(env * width)..((env + 1) * width)]),
                $"env {env}");
        }
    }

    [Test]
    public void The_width_of_a_vector_does_not_matter_either()
    {
        Model model = Load("arm7");
        var options = new BatchOptions { Backend = BatchBackend.Simd, ThreadCount = 1 };
        double[] scalar = Run(model, 19, options with { LaneCount = 1 }, env => env);
        foreach (int lanes in (int[])[4, 8, 16])
        {
            Assert.That(
                Run(model, 19, options with { LaneCount = lanes }, env => env),
                Is.EqualTo(scalar),
                $"{lanes} lanes");
        }
    }

    [TestCase("arm7")]
    [TestCase("soft")]
    [TestCase("actuators")]
    public void A_batch_of_doubles_has_the_bits_of_the_single_env(string name)
    {
        Model model = Load(name);
        const int Count = 3;
        using var batch = new BatchSimulation(
            model, Count, new BatchOptions { Backend = BatchBackend.Double });
        double[] position = Filled(Count * batch.Width(BatchField.Position));
        double[] velocity = Filled(Count * batch.Width(BatchField.Velocity));
        double[] acceleration = Filled(Count * batch.Width(BatchField.Acceleration));
        double[] control = Filled(Count * batch.Width(BatchField.Control));
        Drive(batch, control, env => env, 0);
        batch.Step(Steps);
        batch.Read(BatchField.Position, position);
        batch.Read(BatchField.Velocity, velocity);
        batch.Read(BatchField.Acceleration, acceleration);
        for (int env = 0; env < Count; env++)
        {
            var alone = new Simulation(model);
            Row(control, env, Count).CopyTo(alone.Control);
            var random = new CounterRandom(5, (ulong)env);
            for (int k = 0; k < alone.Velocity.Length; k++)
            {
                alone.Velocity[k] = random.Symmetric((ulong)(1_000_000 + k));
            }

            for (int step = 0; step < Steps; step++)
            {
                alone.Step();
            }

            Assert.That(Row(position, env, Count), Is.EqualTo(alone.Position.ToArray()));
            Assert.That(Row(velocity, env, Count), Is.EqualTo(alone.Velocity.ToArray()));
            Assert.That(Row(acceleration, env, Count), Is.EqualTo(alone.Acceleration.ToArray()));
        }
    }

    [Test]
    public void Floats_stay_near_doubles()
    {
        Model model = Load("arm7");
        var options = new BatchOptions { Backend = BatchBackend.Double };
        double[] exact = Run(model, 16, options, env => env);
        double[] lanes = Run(
            model, 16, options with { Backend = BatchBackend.Simd }, env => env);
        for (int i = 0; i < exact.Length; i++)
        {
            Assert.That(lanes[i], Is.EqualTo(exact[i]).Within(2e-3));
        }
    }

    [Test]
    public void An_env_that_explodes_is_named_and_disturbs_no_other()
    {
        Model model = Load("arm7");
        var options = new BatchOptions
        {
            Backend = BatchBackend.Simd,
            OnFault = FaultPolicy.Continue,
        };
        double[] calm = Run(model, 20, options, env => env);
        using var batch = new BatchSimulation(model, 20, options);
        double[] control = Filled(20 * batch.Width(BatchField.Control));
        EnvStatus all = EnvStatus.Ok;
        for (int step = 0; step < Steps; step += 10)
        {
            Drive(batch, control, env => env, step);
            if (step == 0)
            {
                batch.Write(BatchField.Velocity, 5, [1e30, 0, 0, 0, 0, 0, 0]);
            }

            all |= batch.Step(10);
        }

        Assert.That(all, Is.EqualTo(EnvStatus.NotFinite));
        Assert.That(batch.Status[5], Is.EqualTo(EnvStatus.NotFinite));
        Assert.That(batch.Counters.NotFinite, Is.GreaterThan(0));
        double[] values = State(batch);
        int width = values.Length / 20;
        for (int env = 0; env < 20; env++)
        {
            if (env != 5)
            {
                Assert.That(batch.Status[env], Is.EqualTo(EnvStatus.Ok));
                Assert.That(Row(values, env, 20), Is.EqualTo(Row(calm, env, 20)));
            }
        }

        batch.Reset([5]);
        Assert.That(batch.Status[5], Is.EqualTo(EnvStatus.Ok));
        Assert.That(Row(State(batch), 5, 20), Has.All.Matches<double>(double.IsFinite));
    }

    [Test]
    public void By_default_an_exploding_env_is_an_error_that_names_it()
    {
        using var batch = new BatchSimulation(
            Load("arm7"), 20, new BatchOptions { Backend = BatchBackend.Simd });
        batch.Write(BatchField.Velocity, 17, [1e30, 0, 0, 0, 0, 0, 0]);
        ModelException fault = Assert.Throws<ModelException>(() => batch.Step())!;
        Assert.That(fault.Message, Does.Contain("env 17 of 20"));
        Assert.That(fault.Message, Does.Contain("NotFinite"));
    }

    [Test]
    public void An_exploding_env_is_reset_and_counted_when_that_is_the_policy()
    {
        using var batch = new BatchSimulation(
            Load("arm7"),
            20,
            new BatchOptions { Backend = BatchBackend.Simd, OnFault = FaultPolicy.Reset });
        batch.Write(BatchField.Velocity, 17, [1e30, 0, 0, 0, 0, 0, 0]);
        Assert.That(batch.Step(), Is.EqualTo(EnvStatus.NotFinite));
        Assert.That(batch.Counters.Reset, Is.EqualTo(1));
        Assert.That(batch.Time[17], Is.Zero);
        Assert.That(batch.Time[16], Is.EqualTo(batch.Model.Options.TimeStep));
        Assert.That(batch.Step(), Is.EqualTo(EnvStatus.Ok));
    }

    [Test]
    public void A_step_allocates_nothing()
    {
        using var batch = new BatchSimulation(
            Load("soft"), 64, new BatchOptions { Backend = BatchBackend.Simd, ThreadCount = 1 });
        double[] control = new double[64 * batch.Width(BatchField.Control)];
        float[] position = new float[64 * batch.Width(BatchField.Position)];
        Turn();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Turn();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Turn()
        {
            batch.Write(BatchField.Control, control);
            batch.Step(3);
            batch.Read(BatchField.Position, position);
            batch.Reset([3, 9]);
        }
    }

    [Test]
    public void Nonsense_is_refused_with_what_was_found()
    {
        Model model = Load("arm7");
        Assert.That(
            () => new BatchSimulation(model, 0),
            Throws.TypeOf<ModelException>().With.Message.Contains("number of envs"));
        Assert.That(
            () => new BatchSimulation(model, int.MaxValue),
            Throws.TypeOf<ModelException>().With.Message.Contains("number of envs"));
        Assert.That(
            () => new BatchSimulation(model, 1, new BatchOptions { LaneCount = 3 }),
            Throws.TypeOf<ModelException>().With.Message.Contains("lanes"));
        Assert.That(
            () => new BatchSimulation(model, 1, new BatchOptions { ThreadCount = 0 }),
            Throws.TypeOf<ModelException>().With.Message.Contains("threads"));
        Assert.That(
            () => new BatchSimulation(model, 1, new BatchOptions { Keyframe = "nowhere" }),
            Throws.TypeOf<ModelException>().With.Message.Contains("nowhere"));
        Assert.That(
            () => BatchBackends.Parse("abacus"),
            Throws.TypeOf<ModelException>().With.Message.Contains("abacus"));
    }

    private static Model Load(string name) =>
        MjcfLoader.Load(Path.Combine(TestFiles.FixtureModels, name + ".xml"));

    // Controls depend on the env's own number, not on its place.
    private static double[] Run(
        Model model, int count, BatchOptions options, Func<int, int> numberOf)
    {
        using var batch = new BatchSimulation(model, count, options);
        double[] control = Filled(count * batch.Width(BatchField.Control));
        int steps = model.Name is "quadruped" or "arm-box" ? 5 * Steps : Steps;
        for (int step = 0; step < steps; step += 10)
        {
            Drive(batch, control, numberOf, step);
            batch.Step(10);
        }

        if (count > 8 && Touching.Contains(model.Name))
        {
            RequireContacts(batch);
        }

        return State(batch);
    }

    // Else the test would say nothing about them.
    private static void RequireContacts(BatchSimulation batch)
    {
        var simulation = new Simulation(batch.Model);
        int count = 0;
        for (int env = 0; env < batch.EnvCount; env++)
        {
            batch.Read(BatchField.Position, env, simulation.Position);
            simulation.Forward();
            count += simulation.ContactCount;
        }

        Assert.That(count, Is.GreaterThan(0), "contacts");
    }

    private static void Drive(
        BatchSimulation batch, double[] control, Func<int, int> numberOf, int step)
    {
        int width = batch.Width(BatchField.Control);
        double[] velocity = new double[batch.Width(BatchField.Velocity)];
        for (int env = 0; env < batch.EnvCount; env++)
        {
            var random = new CounterRandom(5, (ulong)numberOf(env));
            if (step == 0)
            {
                for (int k = 0; k < velocity.Length; k++)
                {
                    velocity[k] = random.Symmetric((ulong)(1_000_000 + k));
                }

                batch.Write(BatchField.Velocity, env, velocity);
            }

            for (int k = 0; k < width; k++)
            {
                control[(env * width) + k] = random.Symmetric((ulong)((step * width) + k));
            }
        }

        batch.Write(BatchField.Control, control);
    }

    private static double[] State(BatchSimulation batch)
    {
        BatchField[] fields = [BatchField.Position, BatchField.Velocity, BatchField.Acceleration];
        double[][] values = [.. fields.Select(field =>
        {
            double[] all = Filled(batch.EnvCount * batch.Width(field));
            batch.Read(field, all);
            return all;
        })];
        return
        [
            .. Enumerable.Range(0, batch.EnvCount).SelectMany(env =>
                values.SelectMany(all => Row(all, env, batch.EnvCount))),
        ];
    }

    private static double[] Row(double[] values, int env, int count)
    {
        int width = values.Length / count;
        return values[(env * width)..((env + 1) * width)];
    }

    private static double[] Filled(int count)
    {
        double[] values = new double[count];
        Array.Fill(values, double.NaN);
        return values;
    }
}
