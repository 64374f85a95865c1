using HilRig.Core.Errors;
using HilRig.Sim.Batch;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Batch;

/// <summary>Saved batches, forks, and parameters of single envs.</summary>
internal sealed class BatchBlobTests
{
    private const int Count = 21;
    private static readonly BatchOptions Lanes = new() { Backend = BatchBackend.Simd };

    [TestCase(BatchBackend.Simd)]
    [TestCase(BatchBackend.Double)]
    public void A_batch_goes_on_with_the_same_bits_after_saving_and_loading(BatchBackend backend)
    {
        Model model = Load("arm7");
        using var first = new BatchSimulation(model, Count, Lanes with { Backend = backend });
        Prepare(first);
        first.Step(20);
        using var blob = new MemoryStream();
        first.Save(blob);
        first.Step(20);

        using var second = new BatchSimulation(model, Count, Lanes with { Backend = backend });
        second.Parameters.Write("dof_armature", 0, 0, Values(env => 3 + env));
        second.Step(7);
        blob.Position = 0;
        second.Load(blob);
        second.Step(20);
        Assert.That(State(second), Is.EqualTo(State(first)));
        Assert.That(second.Time.ToArray(), Is.EqualTo(first.Time.ToArray()));
        double[] damping = new double[Count];
        second.Parameters.Read("dof_damping", 0, 0, damping);
        Assert.That(damping[3], Is.EqualTo(0.8).Within(1e-7));
    }

    [Test]
    public void A_blob_of_something_else_is_refused()
    {
        using var batch = new BatchSimulation(Load("arm7"), Count, Lanes);
        using var blob = new MemoryStream();
        batch.Save(blob);
        Refuses(new BatchSimulation(Load("soft"), Count, Lanes), blob.ToArray(), "another model");
        Refuses(
            new BatchSimulation(Load("arm7"), Count + 1, Lanes), blob.ToArray(), "number of envs");
        Refuses(
            new BatchSimulation(
                Load("arm7"), Count, Lanes with { Backend = BatchBackend.Double }),
            blob.ToArray(),
            "precision");
        byte[] damaged = blob.ToArray();
        damaged[200] ^= 1;
        Refuses(new BatchSimulation(Load("arm7"), Count, Lanes), damaged, "damaged");
        Refuses(new BatchSimulation(Load("arm7"), Count, Lanes), blob.ToArray()[..^9], "damaged");
        Refuses(new BatchSimulation(Load("arm7"), Count, Lanes), [1, 2, 3], "not a saved batch");
    }

    [Test]
    public void A_fork_gives_the_state_of_one_env_to_others()
    {
        using var batch = new BatchSimulation(Load("arm7"), Count, Lanes);
        double[] control = new double[Count * batch.Width(BatchField.Control)];
        control[4 * batch.Width(BatchField.Control)] = 0.7;
        batch.Write(BatchField.Control, control);
        batch.Step(10);
        batch.Fork(4, [0, 20]);
        batch.Step(10);
        double[] state = State(batch);
        int width = state.Length / Count;
        Assert.That(state[..width], Is.EqualTo(state[(4 * width)..(5 * width)]));
        Assert.That(state[^width..], Is.EqualTo(state[(4 * width)..(5 * width)]));
        Assert.That(state[width..(2 * width)], Is.Not.EqualTo(state[..width]));
    }

    [Test]
    public void An_env_with_its_own_parameters_moves_as_a_model_with_them()
    {
        Model model = Load("arm7");
        Model other = model with
        {
            Joints = [.. model.Joints.Select(joint => joint with { Damping = 2.5 })],
            Bodies =
            [
                .. model.Bodies.Select((body, i) => i == 3 ? body with { Mass = 4 } : body),
            ],
        };
        BatchOptions exact = Lanes with { Backend = BatchBackend.Double };
        using var batch = new BatchSimulation(model, 3, exact);
        for (int dof = 0; dof < 7; dof++)
        {
            batch.Parameters.Write("dof_damping", dof, 0, [1, 2.5, 1]);
        }

        double mass = model.Bodies[3].Mass;
        batch.Parameters.Write("body_mass", 3, 0, [mass, 4, mass]);
        using var expected = new BatchSimulation(other, 1, exact);
        using var plain = new BatchSimulation(model, 1, exact);
        foreach (BatchSimulation each in (BatchSimulation[])[batch, expected, plain])
        {
            each.Step(50);
        }

        double[] state = State(batch);
        int width = state.Length / 3;
        Assert.That(state[width..(2 * width)], Is.EqualTo(State(expected)).Within(1e-12));
        Assert.That(state[..width], Is.Not.EqualTo(state[width..(2 * width)]));
    }

    [TestCase("dof_damping", -1.0, "at least 0")]
    [TestCase("body_mass", 0.0, "at least")]
    [TestCase("body_mass", double.NaN, "out of range")]
    [TestCase("body_colour", 1.0, "no such parameter")]
    public void A_parameter_that_cannot_be_is_refused(string name, double value, string what)
    {
        using var batch = new BatchSimulation(Load("arm7"), 1, Lanes);
        Assert.That(
            () => batch.Parameters.Write(name, 1, 0, [value]),
            Throws.TypeOf<ModelException>().With.Message.Contains(what));
    }

    [Test]
    public void A_parameter_of_what_the_model_lacks_is_refused()
    {
        using var batch = new BatchSimulation(Load("arm7"), 1, Lanes);
        Assert.That(
            () => batch.Parameters.Write("dof_frictionloss", 0, 0, [1]),
            Throws.TypeOf<ModelException>().With.Message.Contains("no friction row"));
        batch.Parameters.Write("dof_frictionloss", 6, 0, [1]);
    }

    private static void Prepare(BatchSimulation batch)
    {
        batch.Parameters.Write("dof_damping", 0, 0, Values(env => 0.5 + (0.1 * env)));
        double[] control = new double[Count * batch.Width(BatchField.Control)];
        for (int i = 0; i < control.Length; i++)
        {
            control[i] = Math.Sin(i);
        }

        batch.Write(BatchField.Control, control);
    }

    private static double[] Values(Func<int, double> value) =>
        [.. Enumerable.Range(0, Count).Select(value)];

    private static void Refuses(BatchSimulation batch, byte[] blob, string what)
    {
        using (batch)
        {
            Assert.That(
                () => batch.Load(new MemoryStream(blob)),
                Throws.TypeOf<ModelException>().With.Message.Contains(what));
        }
    }

    private static Model Load(string name) =>
        MjcfLoader.Load(Path.Combine(TestFiles.FixtureModels, name + ".xml"));

    private static double[] State(BatchSimulation batch)
    {
        int position = batch.Width(BatchField.Position);
        int velocity = batch.Width(BatchField.Velocity);
        double[] positions = new double[batch.EnvCount * position];
        double[] velocities = new double[batch.EnvCount * velocity];
        Array.Fill(positions, double.NaN);
        Array.Fill(velocities, double.NaN);
        batch.Read(BatchField.Position, positions);
        batch.Read(BatchField.Velocity, velocities);
        return
        [
            .. Enumerable.Range(0, batch.EnvCount).SelectMany(env => (double[])
            [
                .. positions[(env * position)..((env + 1) * position)],
                .. velocities[(env * velocity)..((env + 1) * velocity)],
            ]),
        ];
    }
}
