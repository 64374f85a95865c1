using System.Globalization;
using System.Text.Json;
using HilRig.Core.Errors;
using HilRig.Sim.Batch;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Tables;
using HilRig.Sim.Tests.Parity;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Tables;

/// <summary>The tables and the dump behind `hilrig sim`.</summary>
internal sealed class TableTests
{
    private static readonly BatchOptions Reference = new() { Backend = BatchBackend.Double };

    private static Model Pendulum =>
        MjcfLoader.Load(Path.Combine(TestFiles.ShippedModels, "pendulum.xml"));

    [Test]
    public void Each_row_becomes_its_step_in_order_with_17_digits()
    {
        var fixture = new ParityFixture(Path.Combine(TestFiles.FixtureData, "pendulum.json"));
        var input = new StringWriter();
        input.WriteLine("qpos0,qvel0,ctrl0");
        for (int index = 0; index < 20; index++)
        {
            ParityState state = fixture.State(index);
            input.WriteLine(Row([.. state.Position, .. state.Velocity, .. state.Control]));
        }

        var output = new StringWriter();
        TableResult result =
            StepTable.Run(
                Pendulum, Reference, new StringReader(input.ToString()), "in.csv", output);
        Assert.That(result, Is.EqualTo(new TableResult(20, 0)));
        string[] lines = output.ToString().Split(
            Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[0], Is.EqualTo("qacc0,qpos0,qvel0"));
        for (int index = 0; index < 20; index++)
        {
            ParityState state = fixture.State(index);
            double[] row = [.. lines[index + 1].Split(',').Select(Number)];
            Assert.That(row[0], Is.EqualTo(state.Acceleration[0]).Within(1e-9));
            Assert.That(row[1], Is.EqualTo(state.NextPosition[0]).Within(1e-14));
            Assert.That(row[2], Is.EqualTo(state.NextVelocity[0]).Within(1e-12));
        }
    }

    [Test]
    public void A_rollout_is_the_same_as_steps_one_by_one()
    {
        var output = new StringWriter();
        TableResult result = RolloutTable.Run(
            Pendulum,
            Reference,
            3,
            new TableInput(new StringReader("qpos0,qvel0\n0.5,-1\n"), "init.csv"),
            new TableInput(new StringReader("ctrl0\n0.2\n0.3\n\n0.4\n"), "u.csv"),
            1,
            output);
        var simulation = new Simulation(Pendulum);
        simulation.Position[0] = 0.5;
        simulation.Velocity[0] = -1;
        foreach (double control in (double[])[0.2, 0.3, 0.4])
        {
            simulation.Control[0] = control;
            simulation.Step();
        }

        string last = output.ToString().TrimEnd().Split(Environment.NewLine)[^1];
        Assert.That(result.RowCount, Is.EqualTo(4));
        Assert.That(
            last, Is.EqualTo(Row([0.006, simulation.Position[0], simulation.Velocity[0]])));
    }

    [Test]
    public void A_rollout_without_controls_takes_the_steps_it_is_told()
    {
        var output = new StringWriter();
        TableResult result = RolloutTable.Run(
            Pendulum,
            Reference,
            1,
            new TableInput(new StringReader("qpos0,qvel0\n0.5,-1\n"), "init.csv"),
            null,
            7,
            output);
        Assert.That(result.RowCount, Is.EqualTo(8));
    }

    [TestCase("qpos0,qvel0\n1,2\n", "in.csv:1", "header")]
    [TestCase("", "in.csv:1", "header")]
    [TestCase("qpos0,qvel0,ctrl0\n1,2\n", "in.csv:2", "wrong length")]
    [TestCase("qpos0,qvel0,ctrl0\n1,2,3\n1,nan,3\n", "in.csv:3", "finite number")]
    [TestCase("qpos0,qvel0,ctrl0\n1,x,3\n", "in.csv:2", "finite number")]
    [TestCase("qpos0,qvel0,ctrl0\n1,1e200,3\n", "in.csv:2", "not finite")]
    public void A_bad_table_is_refused_with_its_line(string text, string where, string what)
    {
        var fault = Assert.Throws<ModelException>(() => StepTable.Run(
            Pendulum, Reference, new StringReader(text), "in.csv", new StringWriter()));
        Assert.That(fault!.Where, Is.EqualTo(where));
        Assert.That(fault.Message, Does.Contain(what));
    }

    [Test]
    public void The_dump_reads_back_as_the_model()
    {
        Model model = MjcfLoader.Load(Path.Combine(TestFiles.ShippedModels, "so101.xml"));
        using var stream = new MemoryStream();
        ModelDump.Write(model, stream);
        using var document = JsonDocument.Parse(stream.ToArray());
        JsonElement root = document.RootElement;
        JsonElement joint = root.GetProperty("joints")[1];
        Assert.Multiple(() =>
        {
            Assert.That(root.GetProperty("name").GetString(), Is.EqualTo("so101"));
            Assert.That(joint.GetProperty("name").GetString(), Is.EqualTo("shoulder_lift"));
            Assert.That(
                joint.GetProperty("range").EnumerateArray().Select(value => value.GetDouble()),
                Is.EqualTo((double[])[-1.745, 1.745]));
            Assert.That(
                root.GetProperty("massMatrix0").EnumerateArray().Select(value => value.GetDouble()),
                Is.EqualTo(model.ReferenceMassMatrix));
            Assert.That(root.GetProperty("notices").GetArrayLength(), Is.Zero);
        });
    }

    private static string Row(double[] values) => string.Join(
        ",", values.Select(value => value.ToString("G17", CultureInfo.InvariantCulture)));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
