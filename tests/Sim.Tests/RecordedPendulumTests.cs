using System.Globalization;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Time;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests;

/// <summary>
/// The nominal XL330 twins beside real recordings, open loop from the goals. Nothing is tuned, so
/// the error is the model's; it must be of the size published for such models (0.08 rad), and far
/// below that of copying the goal (0.65 rad).
/// </summary>
internal sealed class RecordedPendulumTests
{
    private const int GainColumn = 3;

    private static readonly string[] Joint = ["joint"];

    [Test]
    public void The_nominal_twins_stay_near_the_recorded_servo()
    {
        string? data = Environment.GetEnvironmentVariable("HILRIG_DATA");
        if (data is null)
        {
            Requirement.Unmet("data", "HILRIG_DATA does not name a folder of recordings");
        }

        string folder = Path.Combine(data!, "xl330");
        double sum = 0;
        int count = 0;
        foreach (string row in File.ReadLines(Path.Combine(folder, "manifest.csv")).Skip(1))
        {
            string[] cells = row.Split(',');
            double[][] rows = ReadRows(Path.Combine(folder, cells[0]));
            string model = cells[GainColumn] == "100"
                ? "pendulum-xl330-gain100.xml"
                : "pendulum-xl330.xml";
            (double error, int samples) = Replay(model, rows);
            TestContext.Out.WriteLine(
                $"| {cells[0]} | {cells[GainColumn]} | {error / samples:F3} |");
            sum += error;
            count += samples;
        }

        TestContext.Out.WriteLine($"mean {sum / count:F4} rad over {count} samples");
        Assert.That(sum / count, Is.InRange(0.02, 0.15));
    }

    // Columns t, goal_position, position, speed, torque_enable.
    private static double[][] ReadRows(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] header = lines[0].Split(',');
        int[] wanted =
        [
            .. ((string[])["t", "goal_position", "position", "speed", "torque_enable"])
                .Select(name => Array.IndexOf(header, name)),
        ];
        return
        [
            .. lines.Skip(1).Select(line => line.Split(',')).Select(cells => wanted
                .Select(index => double.Parse(cells[index], CultureInfo.InvariantCulture))
                .ToArray()),
        ];
    }

    private static (double Error, int Samples) Replay(string file, double[][] rows)
    {
        Model model = MjcfLoader.Load(Path.Combine(TestFiles.ShippedModels, file));
        var description = new PlantDescription(
            "twin",
            [new JointDescription("joint", JointKind.Revolute, new JointLimits(-4, 4, 20, 1))]);
        using var plant = new SimulatedPlant(description, model, Joint);
        var state = new JointState(1);
        state.Position[0] = rows[0][2];
        state.Velocity[0] = rows[0][3];
        plant.Start(state);
        var command = new JointCommand(1);
        double error = 0;
        for (int index = 0; index + 1 < rows.Length; index++)
        {
            plant.TryRead(state);
            error += Math.Abs(state.Position[0] - rows[index][2]);
            long planned = (long)(rows[index][0] * 1e9);
            long next = (long)(rows[index + 1][0] * 1e9);
            command.Sequence = index + 1;
            command.Position[0] = rows[index][1];
            command.TorqueEnabled[0] = rows[index][4] > 0.5;
            plant.Write(new Tick(index, planned, planned, next - planned, 0), command);
        }

        return (error, rows.Length - 1);
    }
}
