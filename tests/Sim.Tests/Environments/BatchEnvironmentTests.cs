using HilRig.Core.Errors;
using HilRig.Sim.Batch;
using HilRig.Sim.Environments;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Environments;

/// <summary>The environment layer on the arm.</summary>
internal sealed class BatchEnvironmentTests
{
    private const int Joints = 7;

    private static readonly RandomizationEvent[] Events =
    [
        new()
        {
            When = RandomizationTrigger.Startup,
            Field = "body_mass",
            Names = ["link3", "link4"],
            Operation = RandomizationOperation.Scale,
            Distribution = RandomDistribution.Uniform(0.8, 1.2),
        },
        new()
        {
            When = RandomizationTrigger.Reset,
            Field = "dof_damping",
            Operation = RandomizationOperation.Scale,
            Distribution = RandomDistribution.LogUniform(0.5, 2),
            Shared = true,
        },
        new()
        {
            When = RandomizationTrigger.Reset,
            Field = "qpos",
            Names = ["j2"],
            Operation = RandomizationOperation.Add,
            Distribution = RandomDistribution.Gaussian(0, 0.1),
        },
        new()
        {
            When = RandomizationTrigger.Interval,
            Field = "qvel",
            Names = ["j1"],
            Operation = RandomizationOperation.Add,
            Distribution = RandomDistribution.Choice(-0.5, 0.5),
            Interval = RandomDistribution.Uniform(0.05, 0.1),
        },
    ];

    private static Model Arm =>
        MjcfLoader.Load(Path.Combine(TestFiles.FixtureModels, "arm7.xml"));

    [Test]
    public void What_an_env_meets_depends_on_its_number_and_the_seed_only()
    {
        float[] few = Run(4, 1, 1);
        float[] many = Run(40, 2, 1);
        Assert.That(many[..few.Length], Is.EqualTo(few));
        Assert.That(Run(4, 1, 2), Is.Not.EqualTo(few));
        int width = 2 * Joints;
        Assert.That(few[..width], Is.Not.EqualTo(few[width..(2 * width)]));

        static float[] Run(int envs, int threads, ulong seed)
        {
            using var environment = new BatchEnvironment(Arm, new HoldTask(Joints), new()
            {
                EnvCount = envs,
                Seed = seed,
                EpisodeSteps = 7,
                Events = Events,
                Batch = new BatchOptions { ThreadCount = threads, LaneCount = 8 },
            });
            float[] actions = new float[envs * Joints];
            for (int step = 0; step < 20; step++)
            {
                environment.Step(actions);
            }

            return environment.Observations.ToArray();
        }
    }

    [Test]
    public void Events_change_what_they_name_and_nothing_else()
    {
        using var environment = Make(Events, 64);
        double[] values = new double[64];
        environment.Simulation.Parameters.Read("body_mass", 3, 0, values);
        double usual = Arm.Bodies[3].Mass;
        Assert.That(values, Is.All.InRange(0.8 * usual, 1.2 * usual));
        Assert.That(values.Distinct().Count(), Is.GreaterThan(60));
        environment.Simulation.Parameters.Read("body_mass", 2, 0, values);
        Assert.That(values.Distinct().Count(), Is.EqualTo(1));

        // One factor for all dofs of an env.
        double[] first = new double[64];
        environment.Simulation.Parameters.Read("dof_damping", 0, 0, first);
        environment.Simulation.Parameters.Read("dof_damping", 6, 0, values);
        for (int env = 0; env < 64; env++)
        {
            Assert.That(values[env] / 0.3, Is.EqualTo(first[env]).Within(1e-6));
        }

        // The state: j2 differs, j3 does not.
        float[] seen = environment.Observations.ToArray();
        float[] second = [.. Enumerable.Range(0, 64).Select(env => seen[(env * 14) + 1])];
        float[] third = [.. Enumerable.Range(0, 64).Select(env => seen[(env * 14) + 2])];
        Assert.That(second.Distinct().Count(), Is.GreaterThan(60));
        Assert.That(second.Average(), Is.EqualTo(0).Within(0.05));
        Assert.That(third, Is.All.EqualTo(third[0]));
    }

    [Test]
    public void An_episode_is_cut_and_the_next_one_begins_at_once()
    {
        var task = new HoldTask(Joints);
        using var environment = new BatchEnvironment(Arm, task, new()
        {
            EnvCount = 3,
            EpisodeSteps = 5,
        });
        float[] begin = environment.Observations.ToArray();
        float[] actions = [.. Enumerable.Repeat(0.2f, 3 * Joints)];
        for (int step = 1; step <= 5; step++)
        {
            environment.Step(actions);
            Assert.That(environment.Truncated.ToArray(), Is.All.EqualTo(step == 5));
        }

        Assert.That(environment.Terminated.ToArray(), Is.All.False);
        Assert.That(environment.Observations.ToArray(), Is.EqualTo(begin));
        Assert.That(environment.LastObservations.ToArray(), Is.Not.EqualTo(begin));
        Assert.That(task.ResetCount, Is.EqualTo(6));
    }

    [Test]
    public void An_env_that_explodes_ends_its_episode_and_no_other()
    {
        using var environment = Make([], 20);
        environment.Simulation.Write(BatchField.Velocity, 5, [1e30, 0, 0, 0, 0, 0, 0]);
        environment.Step(new float[20 * Joints]);
        bool[] expected = [.. Enumerable.Range(0, 20).Select(env => env == 5)];
        Assert.That(environment.Terminated.ToArray(), Is.EqualTo(expected));
        Assert.That(environment.NotFiniteCount, Is.EqualTo(1));
        Assert.That(environment.Rewards[5], Is.Zero);
        Assert.That(environment.Observations.ToArray(), Is.All.Matches<float>(float.IsFinite));
        environment.Step(new float[20 * Joints]);
        Assert.That(environment.Terminated.ToArray(), Is.All.False);
    }

    [Test]
    public void Two_buffers_take_turns_and_hold_what_the_environment_gave()
    {
        using var environment = Make(Events, 6);
        var collector = new RolloutCollector(environment, 8);
        RolloutBuffer first = collector.Collect(new SameActions(0.3f));
        float[] kept = first.Rewards.ToArray();
        RolloutBuffer second = collector.Collect(new SameActions(-0.3f));
        Assert.That(second, Is.Not.SameAs(first));
        Assert.That(first.Rewards.ToArray(), Is.EqualTo(kept));
        Assert.That(collector.Collect(new SameActions(0)), Is.SameAs(first));
        Assert.That(second.Actions.ToArray(), Is.All.EqualTo(-0.3f));
        int row = 6 * 14;
        Assert.That(
            second.Observations[row..].ToArray(), Is.EqualTo(second.NextObservations.ToArray()));
        Assert.That(second.Rewards[6], Is.EqualTo(-MathF.Abs(second.Observations[2 * row])));
    }

    [Test]
    public void A_control_step_allocates_nothing()
    {
        using var environment = new BatchEnvironment(Arm, new HoldTask(Joints), new()
        {
            EnvCount = 32,
            EpisodeSteps = 3,
            Events = Events,
            Batch = new BatchOptions { ThreadCount = 1 },
        });
        var collector = new RolloutCollector(environment, 8);
        var policy = new SameActions(0.1f);
        _ = collector.Collect(policy);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = collector.Collect(policy);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [TestCase("body_colour", "link3", "no such parameter")]
    [TestCase("body_mass", "link99", "link99")]
    [TestCase("qpos", "j99", "j99")]
    public void An_event_that_does_not_fit_the_model_is_refused(
        string field, string name, string what)
    {
        RandomizationEvent wrong = Events[0] with { Field = field, Names = [name] };
        Assert.That(
            () => Make([wrong], 2), Throws.TypeOf<ModelException>().With.Message.Contains(what));
    }

    [Test]
    public void An_interval_belongs_to_an_interval_event_only()
    {
        RandomizationEvent wrong =
            Events[0] with { Interval = RandomDistribution.Uniform(1, 2) };
        Assert.That(() => Make([wrong], 2), Throws.TypeOf<ModelException>());
        Assert.That(
            () => Make([Events[3] with { Interval = null }], 2), Throws.TypeOf<ModelException>());
    }

    [Test]
    public void A_distribution_gives_what_it_says()
    {
        using var environment = Make([], 1);
        var scene = new EnvironmentScene(environment.Simulation, 9);
        Assert.That(Draws(RandomDistribution.Uniform(2, 3)), Is.All.InRange(2, 3));
        double[] logarithms =
            [.. Draws(RandomDistribution.LogUniform(0.1, 10)).Select(Math.Log10)];
        Assert.That(logarithms, Is.All.InRange(-1, 1));
        Assert.That(logarithms.Average(), Is.EqualTo(0).Within(0.05));
        double[] normal = Draws(RandomDistribution.Gaussian(5, 2));
        Assert.That(normal.Average(), Is.EqualTo(5).Within(0.1));
        Assert.That(
            Math.Sqrt(normal.Average(x => (x - 5) * (x - 5))), Is.EqualTo(2).Within(0.1));
        Assert.That(
            Draws(RandomDistribution.Choice(1, 4)).Distinct(), Is.EquivalentTo((double[])[1, 4]));
        Assert.That(
            () => RandomDistribution.LogUniform(0, 1), Throws.TypeOf<ModelException>());
        Assert.That(() => RandomDistribution.Uniform(2, 1), Throws.TypeOf<ModelException>());
        Assert.That(
            () => RandomDistribution.Choice(double.NaN), Throws.TypeOf<ModelException>());

        double[] Draws(RandomDistribution distribution) =>
            [.. Enumerable.Range(0, 4000).Select(_ => distribution.Sample(scene, 0))];
    }

    private static BatchEnvironment Make(RandomizationEvent[] events, int envs) =>
        new(Arm, new HoldTask(Joints), new() { EnvCount = envs, Events = events });
}
