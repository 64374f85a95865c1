using HilRig.Sim.Models;
using HilRig.Sim.Tests.Parity;

namespace HilRig.Sim.Tests.Dynamics;

/// <summary>Sensors against MuJoCo's sensordata.</summary>
internal sealed class SensorTests
{
    private const double Tolerance = 1e-8;

    [Test]
    public void Every_sensor_reads_what_mujocos_does()
    {
        Model model = FixtureSet.Load("sensors");
        ParityFixture fixture = FixtureSet.Fixture("sensors");
        var subject = new Subject(model);
        double[] worst = new double[model.Sensors.Count];
        foreach (ParityState state in fixture.States)
        {
            subject.Simulation.Reset();
            subject.Load(state.Start);
            subject.Forward();
            for (int i = 0; i < worst.Length; i++)
            {
                worst[i] = Math.Max(worst[i], Error(subject, model.Sensors[i], state));
            }
        }

        Assert.Multiple(() =>
        {
            for (int i = 0; i < worst.Length; i++)
            {
                ModelSensor sensor = model.Sensors[i];
                TestContext.Out.WriteLine($"{i} {sensor.Kind}: {worst[i]:E1}");
                Assert.That(worst[i], Is.LessThan(Tolerance), $"sensor {i}, {sensor.Kind}");
            }
        });
    }

    // Largest error over the sensor's largest number, or 1 if that is larger.
    private static double Error(Subject subject, ModelSensor sensor, ParityState state)
    {
        double scale = 1;
        double worst = 0;
        for (int k = sensor.Address; k < sensor.Address + sensor.Dimension; k++)
        {
            scale = Math.Max(scale, Math.Abs(state.Sensors[k]));
            double error = Math.Abs(subject.Simulation.Sensors[k] - state.Sensors[k]);
            worst = double.IsNaN(error) ? double.PositiveInfinity : Math.Max(worst, error);
        }

        return worst / scale;
    }
}
